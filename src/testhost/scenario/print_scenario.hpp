// SPDX-License-Identifier: MIT
/// @file
/// From a scenario to JSON.
#pragma once

#include <wslplugins/testhost/scenario.hpp>

#include <nlohmann/json.hpp>

namespace wslplugins::testhost {

/// What is as without the key is left out; the version and the kind of signature check never are.
[[nodiscard]] nlohmann::ordered_json scenario_json(const Scenario& scenario);

}  // namespace wslplugins::testhost
