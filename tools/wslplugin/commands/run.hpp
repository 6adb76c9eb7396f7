// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin run`: plays a scenario on the test host; a cold start of `wsl.exe` where none is named.
#pragma once

#include "context.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct RunOptions {
    std::vector<std::string>
        plugins;  ///< Registered names, or paths; empty: the scenario's, else all registered.
    std::string wsl_version;          ///< Empty: the scenario's, else the newest one known.
    std::string host_model;           ///< As in a scenario; empty: the scenario's.
    std::string backend;              ///< As in a scenario; empty: the scenario's.
    std::string distribution;         ///< Empty: the test host's own default.
    std::string scenario;             ///< A common scenario's name, or a file; empty: a cold start.
    std::string replay;               ///< A recording's file, which has its scenario.
    std::string record;               ///< Where to write a recording to.
    std::string report;               ///< Where to write the HTML page to.
    std::string trace;                ///< Where to write the trace to.
    std::vector<std::string> faults;  ///< Each in its short form; besides the scenario's.
    bool list_scenarios = false;
    bool unofficial = false;
    bool strict = false;  ///< Besides what the scenario says.
    bool json = false;
    bool canonical = false;
    bool in_this_process = false;  ///< Not in a process of the run's own.
    bool is_watched = false;  ///< This is that process: the command line comes from the other one.
};

/// Adds the command; when it is parsed, `action` runs it.
void add_run(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_run(const RunOptions& options, const Context& context);

}  // namespace wslplugins::tool
