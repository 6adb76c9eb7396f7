// SPDX-License-Identifier: MIT
/// @file
/// What a plugin's project may be called, and what its DLL is called then.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wslplugins::tool {

/// A name is a folder, a target of CMake's and, with its dashes changed, a DLL: it must serve on Windows and on Linux.
inline constexpr std::size_t longest_project_name = 64;

/// @return one sentence that says what is wrong with the name and what a name looks like; none when it is good.
[[nodiscard]] std::optional<std::string> complaint_about_project_name(std::string_view name);

/// The DLL's name without its extension: every `-` made `_`, as `wslplugins_add_plugin()` does.
[[nodiscard]] std::string dll_name_of(std::string_view project_name);

}  // namespace wslplugins::tool
