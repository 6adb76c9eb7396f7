// SPDX-License-Identifier: MIT
/// @file
/// Names for files and folders that are not complete yet.
#pragma once

#include <wslplugins/core/result.hpp>

#include <string>
#include <string_view>

namespace wslplugins::tool {

/// A name that no other file has: what is made under it gets its real name when it is complete.
[[nodiscard]] WinResult<std::string> draft_name();

[[nodiscard]] bool is_draft_name(std::string_view name) noexcept;

}  // namespace wslplugins::tool
