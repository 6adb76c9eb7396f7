// SPDX-License-Identifier: MIT
/// @file
/// JSON whose every key and value knows where it stands.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

/// Both count from 1; columns are characters.
struct JsonPlace {
    int line = 1;
    int column = 1;
};

/// What is wrong with a document, and where.
struct JsonFault {
    JsonPlace place;
    std::string sentence;
};

enum class JsonKind : std::uint8_t { Null, Flag, Number, Text, List, Object };

struct JsonKey {
    std::string name;
    JsonPlace place;
};

struct JsonValue {
    JsonKind kind = JsonKind::Null;
    JsonPlace place;
    bool flag = false;
    std::int64_t number = 0;
    std::string text;
    std::vector<JsonKey>
        keys;  ///< An object's, each different; its values are `items`, in the same order.
    std::vector<JsonValue> items;  ///< A list's.

    /// An object's value; null where it has no such key.
    [[nodiscard]] const JsonValue* find(std::string_view key) const noexcept;
};

/// A whole document. Besides what is no JSON it refuses a key that is given twice, numbers that are no whole numbers of
/// 64 bits, a NUL in a text or a key, and what is nested deeper than 32 levels.
[[nodiscard]] std::expected<JsonValue, JsonFault> read_json(std::string_view text);

}  // namespace wslplugins::testhost
