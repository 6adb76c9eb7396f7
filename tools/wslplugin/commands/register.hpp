// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin register`: registers a plugin with WSL.
#pragma once

#include "context.hpp"

#include <string>

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct RegisterOptions {
    std::string name;
    std::string dll;
    bool force = false;
    bool development = false;  ///< `--dev`
    bool dry_run = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_register(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_register(const RegisterOptions& options, const Context& context);

}  // namespace wslplugins::tool
