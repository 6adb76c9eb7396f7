// SPDX-License-Identifier: MIT
/// @file
/// `find_framework`: where the framework is that a new project is built with.
#pragma once

#include <wslplugins/core/result.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace wslplugins::tool {

/// The folder of the framework's source, or the folder in which it is installed: what has
/// `include/wslplugins/wslplugins.hpp` in it.
[[nodiscard]] bool is_framework(const std::filesystem::path& folder);

/// The first such folder above this program: it is installed beside the package, or built within the source.
[[nodiscard]] std::optional<std::filesystem::path> find_framework();

/// The folder as CMake wants it: absolute, with slashes. Under Wine it is Linux' CMake that wants it.
/// @return as `platform::linux_path_of`.
[[nodiscard]] WinResult<std::string> cmake_path_of(const std::filesystem::path& folder);

}  // namespace wslplugins::tool
