// SPDX-License-Identifier: MIT
/// @file
/// The keys of a scenario file, as tables: what the parser takes, the schema says and the documentation lists.
#pragma once

#include "testhost/scenario/json_document.hpp"

#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace wslplugins::testhost {

enum class KeyType : std::uint8_t {
    Text,
    Path,  ///< A text; a relative one begins at the file's folder.
    Flag,
    Number,
    Texts,
    TextMap,  ///< Texts by any names.
    Object,
    Objects,
    Steps,
};

struct ObjectKeys;

struct Key {
    std::string_view name;
    KeyType type = KeyType::Text;
    std::string_view meaning;
    bool is_required = false;
    /// The least and the greatest number; for texts and lists the least length.
    std::int64_t least = (std::numeric_limits<std::int64_t>::min)();
    std::int64_t greatest = (std::numeric_limits<std::int64_t>::max)();
    std::span<const std::string_view> choices = {};  ///< Of a text; empty: any.
    const ObjectKeys* object = nullptr;  ///< What an object, or each of a list, is made of.
};

struct ObjectKeys {
    std::string_view name;
    std::string_view meaning;
    std::span<const Key> keys;
};

/// The whole file, and what its objects are made of.
extern const ObjectKeys scenario_keys;
extern const ObjectKeys service_keys;
extern const ObjectKeys plugin_keys;
extern const ObjectKeys distribution_keys;
extern const ObjectKeys fault_keys;
extern const ObjectKeys answer_keys;
extern const ObjectKeys expectation_keys;
extern const ObjectKeys run_expectation_keys;
/// What every step has, besides the keys of its own.
extern const ObjectKeys step_keys;

/// Whether an object has these keys, each as its row says, and no others. Steps are held against their own table.
[[nodiscard]] std::optional<JsonFault> check_object(const JsonValue& json,
                                                    const ObjectKeys& object);

/// Whether the value is as the row says.
[[nodiscard]] std::optional<JsonFault> check_value(const JsonValue& json, const Key& key);

}  // namespace wslplugins::testhost
