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

/// Writes a file of its own. The path is UTF-8. @return ERROR_WRITE_FAULT where it could not be written whole.
[[nodiscard]] WinResult<> write_text_file(const std::string& path, const std::string& text);

}  // namespace wslplugins::tool
