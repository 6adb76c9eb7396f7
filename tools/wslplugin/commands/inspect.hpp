// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin inspect`: says what a DLL's file says of it, and what is wrong with that. Nothing is loaded.
#pragma once

#include "context.hpp"

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct InspectOptions {
    std::vector<std::string> files;
    bool json = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_inspect(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_inspect(const InspectOptions& options, const Context& context);

}  // namespace wslplugins::tool
