// SPDX-License-Identifier: MIT
/// @file
/// Whether the order of a scenario's journal is its own from run to run.
#pragma once

#include <wslplugins/testhost/scenario.hpp>

namespace wslplugins::testhost {

/// True where steps run at the same time.
[[nodiscard]] bool runs_in_parallel(const Scenario& scenario);

}  // namespace wslplugins::testhost
