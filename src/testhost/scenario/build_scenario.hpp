// SPDX-License-Identifier: MIT
/// @file
/// From JSON to a scenario.
#pragma once

#include "testhost/scenario/json_document.hpp"

#include <wslplugins/testhost/scenario.hpp>

#include <filesystem>

namespace wslplugins::testhost {

/// Checks the JSON against the tables of keys and steps, and builds the scenario.
/// @param folder where relative paths begin; absolute.
[[nodiscard]] std::expected<Scenario, JsonFault>
build_scenario(const JsonValue& json, const std::filesystem::path& folder);

/// The folder of a file that a UTF-8 path names, absolute.
[[nodiscard]] std::filesystem::path folder_of(std::string_view file);

/// The error that a fault in a file is: the sentence begins with `file:line:column:`.
[[nodiscard]] std::unexpected<Error> fault_in(std::string_view file, const JsonFault& fault);

}  // namespace wslplugins::testhost
