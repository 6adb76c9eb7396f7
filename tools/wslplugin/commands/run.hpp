// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin run`: plays a cold start of `wsl.exe` on the test host.
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
        plugins;               ///< Registered names, or paths; empty: all that are registered.
    std::string wsl_version;   ///< Empty: the newest one known.
    std::string distribution;  ///< Empty: the test host's own default.
    bool unofficial = false;
    bool json = false;
    bool canonical = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_run(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_run(const RunOptions& options, const Context& context);

}  // namespace wslplugins::tool
