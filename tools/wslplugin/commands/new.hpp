// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin new`: makes the project of a plugin.
#pragma once

#include "context.hpp"

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct NewOptions {
    std::string name;
    std::string project_template = "minimal";
    std::string folder;     ///< Empty: the name, in the current folder.
    std::string framework;  ///< Empty: what is found above this program.
    bool dry_run = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_new(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_new(const NewOptions& options, const Context& context);

}  // namespace wslplugins::tool
