// SPDX-License-Identifier: MIT
/// @file
/// Any bytes as text that a JSON file or a terminal can hold.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

/// At most `limit` bytes of the text, without the first part of a character at the end.
[[nodiscard]] std::string_view cut_text(std::string_view text, std::size_t limit) noexcept;

[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// The same as valid UTF-8, losslessly: a byte that is part of no character becomes `\xNN` (lower-case hex), a
/// backslash becomes two.
[[nodiscard]] std::string escape_bytes(std::string_view text);

/// One line for a table: line ends and other control characters become `\n`, `\t`, `\r`, `\xNN`.
[[nodiscard]] std::string escape_controls(std::string_view text);

/// Any bytes as one line of valid UTF-8 that says nothing to a terminal but its text: both of these.
[[nodiscard]] std::string one_line(std::string_view bytes);

/// A list as one value: a JSON array of strings, each escaped as by `escape_bytes` where it is no UTF-8.
[[nodiscard]] std::string list_text(const std::vector<std::string>& items);

}  // namespace wslplugins::testhost
