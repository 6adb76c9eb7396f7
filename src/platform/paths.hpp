// SPDX-License-Identifier: MIT
/// @file
/// Paths of this process, and the two spellings of one folder under Wine. All text is UTF-8.
#pragma once

#include <wslplugins/core/result.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace wslplugins::platform {

/// A path from UTF-8 text, whatever the process's code page is.
[[nodiscard]] std::filesystem::path path_from_utf8(std::string_view text);

[[nodiscard]] std::string utf8_from_path(const std::filesystem::path& path);

/// The file that this process runs.
[[nodiscard]] WinResult<std::filesystem::path> executable_path();

/// An environment variable; none when it is not set.
[[nodiscard]] std::optional<std::string> environment_variable(const char* name);

/// True in a Windows program that Wine runs.
[[nodiscard]] bool is_wine() noexcept;

/// The Linux path of what a Windows path names: under Wine by Wine's drive letters; natively `Z:\` is
/// the root and a path that begins with `/` is itself, as Wine has them by default.
/// @return ERROR_PATH_NOT_FOUND for a drive that does not exist; ERROR_NOT_SUPPORTED on Windows itself.
[[nodiscard]] WinResult<std::string> linux_path_of(std::string_view windows_path);

}  // namespace wslplugins::platform
