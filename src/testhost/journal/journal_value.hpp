// SPDX-License-Identifier: MIT
/// @file
/// One text of the journal as JSON has it.
#pragma once

#include <wslplugins/core/hresult.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace wslplugins::testhost {

/// How much of a value is written down, in bytes.
inline constexpr std::size_t longest_journal_value = std::size_t{16} * 1024;

/// A string where the value is whole and valid UTF-8, else an object that says what was done to it.
[[nodiscard]] nlohmann::ordered_json journal_value(std::string_view value);

/// `0x` and eight hex digits.
[[nodiscard]] std::string hex_text(HResult code);

}  // namespace wslplugins::testhost
