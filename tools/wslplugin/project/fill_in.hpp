// SPDX-License-Identifier: MIT
/// @file
/// `fill_in`: puts values where a template has marks.
#pragma once

#include <wslplugins/core/result.hpp>

#include <span>
#include <string>
#include <string_view>

namespace wslplugins::tool {

/// A mark is `%{name}`; C++, CMake, JSON, YAML and resource scripts mean nothing by it.
struct Mark {
    std::string_view name;
    std::string_view value;  ///< Put in as it is: what looks like a mark in it stays.
};

/// @return ERROR_INVALID_DATA, with the mark, for one that has no value here or no end.
[[nodiscard]] WinResult<std::string> fill_in(std::string_view text, std::span<const Mark> marks);

}  // namespace wslplugins::tool
