// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin unregister`: takes the registration of a plugin away.
#pragma once

#include "context.hpp"

#include <string>

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct UnregisterOptions {
    std::string name;
    bool force = false;
    bool dry_run = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_unregister(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_unregister(const UnregisterOptions& options, const Context& context);

}  // namespace wslplugins::tool
