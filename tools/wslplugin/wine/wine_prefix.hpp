// SPDX-License-Identifier: MIT
/// @file
/// Wine, the Windows build of this tool, and the prefix that it has to itself. Only Linux has this.
#pragma once

#include <wslplugins/core/result.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace wslplugins::tool {

/// `wslplugin.exe`: the file that WSLPLUGINS_WINDOWS_TOOL names; else the one beside this program, or in
/// `x86_64-w64-mingw32` below the folder that this one is installed in.
/// @return ERROR_FILE_NOT_FOUND, with the places that were looked into.
[[nodiscard]] WinResult<std::filesystem::path> find_windows_tool();

/// The program that starts Windows programs: what WSLPLUGINS_WINE names; else `wine64` or `wine`, in PATH or where
/// Debian keeps it.
/// @return ERROR_FILE_NOT_FOUND.
[[nodiscard]] WinResult<std::filesystem::path> find_wine();

/// A program of that name in PATH, or the file of that path.
/// @return ERROR_FILE_NOT_FOUND.
[[nodiscard]] WinResult<std::filesystem::path> find_program(const std::string& name);

/// Makes the environment that of the prefix, for Wine alone: WSLPLUGINS_WINEPREFIX, else `wslplugins/wine` in the
/// user's own data. Makes the prefix where it is missing or was not finished, and starts Wine's own services, which
/// would otherwise keep the streams of the first program open. Blocks for seconds, the first time longer.
/// @return ERROR_PATH_NOT_FOUND where no folder can be made, what Wine ended with where it could not make the prefix.
[[nodiscard]] WinResult<> enter_wine_prefix(const std::filesystem::path& wine);

/// Becomes that program, with this process's streams and environment. Returns only where it cannot.
[[nodiscard]] Error become_program(const std::vector<std::string>& command);

}  // namespace wslplugins::tool
