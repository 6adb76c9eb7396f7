// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin try`: the whole loop for an author's own plugin on a computer with WSL, and everything put back.
#pragma once

#include "context.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct TryOptions {
    std::string name;
    std::string dll;                ///< Empty: what is registered under that name.
    std::vector<std::string> with;  ///< Further files that the plugin needs beside it.
    std::string distribution;       ///< Empty: the user's default one.
    std::string log_file;           ///< The plugin's own log.
    bool development = false;       ///< `--dev`
    bool yes = false;
    bool json = false;
    bool dry_run = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_try(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_try(const TryOptions& options, const Context& context);

}  // namespace wslplugins::tool
