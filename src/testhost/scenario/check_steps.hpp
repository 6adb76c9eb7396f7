// SPDX-License-Identifier: MIT
/// @file
/// Steps of a scenario file against the table of steps.
#pragma once

#include "testhost/scenario/step_table.hpp"

#include <optional>

namespace wslplugins::testhost {

enum class StepPlace : std::uint8_t { InOrder, InParallel };

/// Whether each item of the list is a step as the table says.
[[nodiscard]] std::optional<JsonFault> check_steps(const JsonValue& list, StepPlace place);

}  // namespace wslplugins::testhost
