// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin uninstall`: takes back all that `install` did.
#pragma once

#include "context.hpp"

#include <string>

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct UninstallOptions {
    std::string name;
    bool yes = false;
    bool dry_run = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_uninstall(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_uninstall(const UninstallOptions& options, const Context& context);

}  // namespace wslplugins::tool
