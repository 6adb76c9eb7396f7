// SPDX-License-Identifier: MIT
/// @file
/// Whether a file is a Windows DLL, told from its headers on any system; nothing is loaded.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstdint>
#include <filesystem>

namespace wslplugins::tool {

/// @return ERROR_FILE_NOT_FOUND when there is no such file, ERROR_DIRECTORY_NOT_SUPPORTED for a folder,
///         ERROR_BAD_EXE_FORMAT for a file that is no DLL. The architecture does not matter.
[[nodiscard]] WinResult<> require_dll(const std::filesystem::path& file);

/// For which processor it is built, as the PE format numbers it.
/// @return as for `require_dll`.
[[nodiscard]] WinResult<std::uint16_t> machine_of_dll(const std::filesystem::path& file);

}  // namespace wslplugins::tool
