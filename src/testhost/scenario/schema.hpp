// SPDX-License-Identifier: MIT
/// @file
/// What the tables of keys and steps say, for programs and for people.
#pragma once

#include <string>

namespace wslplugins::testhost {

/// `docs/scenario.schema.json`: the JSON Schema (draft 2020-12) of a scenario file. The parser is stricter in what
/// such a schema does not say: what a version and a GUID are, that no key is given twice, and that a whole number is
/// written as one.
[[nodiscard]] std::string scenario_json_schema();

/// The tables of `docs/scenario.md`.
[[nodiscard]] std::string scenario_key_tables();

}  // namespace wslplugins::testhost
