// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin status`: one line for every registered plugin.
#pragma once

#include "context.hpp"

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct StatusOptions {
    bool json = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_status(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_status(const StatusOptions& options, const Context& context);

}  // namespace wslplugins::tool
