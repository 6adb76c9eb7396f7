// SPDX-License-Identifier: MIT
/// @file
/// Whether somebody meant one name and wrote another.
#pragma once

#include <string_view>

namespace wslplugins::tool {

/// Whether at most three letters are to be added, removed or changed, whatever the case of the others, to have `meant`.
/// Bytes count as letters. A name much longer than `meant` is told by its length alone.
[[nodiscard]] bool is_misspelling(std::string_view name, std::string_view meant);

}  // namespace wslplugins::tool
