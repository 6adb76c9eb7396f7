// SPDX-License-Identifier: MIT
/// @file
/// The table of steps: every step's name, its keys, what it means and what it does.
#pragma once

#include "testhost/scenario/keys.hpp"

#include <wslplugins/testhost/scenario.hpp>

#include <vector>

namespace wslplugins::testhost {

struct StepRow {
    std::string_view name;
    std::string_view meaning;
    std::span<const Key> keys;
    /// False for what no other step can run beside.
    bool may_be_parallel = true;
    /// Does it, and says what the user saw; null for `parallel`, which is made of other steps.
    /// @return why it could not even be tried.
    WinResult<UserOutput> (*play)(Service& service, const ScenarioStep& step) = nullptr;
};

[[nodiscard]] const std::vector<StepRow>& step_table();

/// Null where there is no such step.
[[nodiscard]] const StepRow* find_step(std::string_view name);

/// The step that consists of others.
inline constexpr std::string_view parallel_step = "parallel";

}  // namespace wslplugins::testhost
