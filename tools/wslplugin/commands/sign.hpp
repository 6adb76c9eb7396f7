// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin sign`: signs a DLL with a development certificate of the user's own.
#pragma once

#include "context.hpp"

#include <string>

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct SignOptions {
    std::string dll;
    std::string certificate_folder;  ///< Empty: the default one.
    bool dry_run = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_sign(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_sign(const SignOptions& options, const Context& context);

}  // namespace wslplugins::tool
