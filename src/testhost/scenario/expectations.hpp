// SPDX-License-Identifier: MIT
/// @file
/// What came of a step, against what was to come.
#pragma once

#include <wslplugins/testhost/scenario.hpp>

namespace wslplugins::testhost {

/// How one step went.
struct PlayedStep {
    std::string where;
    UserOutput output;
    std::vector<std::string>
        hooks;  ///< Each as `plugin OnVMStarted`; only filled in where it is asked for.
};

enum class HookOrder : std::uint8_t { AsWritten, Any };

/// Every expectation that does not hold.
[[nodiscard]] std::vector<ScenarioFailure>
unmet(const ScenarioExpectation& expect, const PlayedStep& came, HookOrder order);

}  // namespace wslplugins::testhost
