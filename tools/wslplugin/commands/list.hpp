// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin list`: shows which plugins are registered.
#pragma once

#include "context.hpp"

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct ListOptions {
    bool json = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_list(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_list(const ListOptions& options, const Context& context);

}  // namespace wslplugins::tool
