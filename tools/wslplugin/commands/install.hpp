// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin install`: copies a plugin to where only administrators can change it, and registers it.
#pragma once

#include "context.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct InstallOptions {
    std::string name;
    std::string dll;
    std::vector<std::string> with;  ///< Further files that the plugin needs beside it.
    bool force = false;
    bool development = false;  ///< `--dev`
    bool yes = false;
    bool dry_run = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_install(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_install(const InstallOptions& options, const Context& context);

}  // namespace wslplugins::tool
