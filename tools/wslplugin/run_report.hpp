// SPDX-License-Identifier: MIT
/// @file
/// What `wslplugin run` tells of a run.
#pragma once

#include "context.hpp"

#include <wslplugins/testhost/scenario.hpp>

namespace wslplugins::tool {

enum class RunOutput : std::uint8_t { Table, JsonLines, CanonicalJsonLines };

/// Prints the journal, for people with what users saw and how it went. Failures of a run that is printed for
/// programs go to the error stream.
/// @return whether the run was good; `Environment` where this machine could not be WSL's virtual machine.
[[nodiscard]] ExitCode
report(const testhost::ScenarioRun& run, RunOutput output, const Context& context);

}  // namespace wslplugins::tool
