// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin reload`: starts the WSL service anew, so that it loads what is registered now.
#pragma once

#include "context.hpp"

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct ReloadOptions {
    bool yes = false;
    bool dry_run = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_reload(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_reload(const ReloadOptions& options, const Context& context);

}  // namespace wslplugins::tool
