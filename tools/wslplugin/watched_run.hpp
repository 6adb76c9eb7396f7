// SPDX-License-Identifier: MIT
/// @file
/// A run in a process of its own: a plugin that ends the process ends the run, and the tool says where it was.
#pragma once

#include "context.hpp"

#include <wslplugins/core/result.hpp>
#include <wslplugins/testhost/scenario.hpp>

#include <string>
#include <variant>
#include <vector>

namespace wslplugins::tool {

/// A run whose process ended before it was over.
struct EndedRun {
    std::vector<testhost::JournalEntry> journal;  ///< Of the last repetition, as far as it came.
    std::string ending;                           ///< How the process ended, in words.
};

/// The exit code of a run that came to its end, which has printed all that there is to say.
using WatchedRun = std::variant<ExitCode, EndedRun>;

/// Starts this program once more, has it run `context.arguments`, and waits for its end. Its output is this process's.
/// It ends with this process.
/// @return what starting it fails with.
[[nodiscard]] WinResult<WatchedRun> watch_run(const Context& context);

/// In the process that `watch_run` started: runs the command line that it is given, and tells of every entry.
[[nodiscard]] ExitCode play_for_parent(const Context& context);

/// The run as far as it came, and the finding which says what was going on when the process ended.
[[nodiscard]] testhost::ScenarioRun run_until(const EndedRun& ended);

}  // namespace wslplugins::tool
