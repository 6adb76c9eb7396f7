// SPDX-License-Identifier: MIT
/// @file
/// Names and paths without regard to how they are spelt.
#pragma once

#include <string_view>

namespace wslplugins::tool {

/// The registry and Windows' file systems ignore case. Beyond ASCII the comparison is exact: two names are then at
/// worst taken for different ones.
[[nodiscard]] bool same_text(std::string_view left, std::string_view right) noexcept;

/// Whether both paths, which are UTF-8, are one spelling or lead to one file.
[[nodiscard]] bool same_file(std::string_view left, std::string_view right);

}  // namespace wslplugins::tool
