// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin trust`: makes this machine trust the development certificate.
#pragma once

#include "context.hpp"

#include <string>

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct TrustOptions {
    std::string certificate_folder;  ///< Empty: the default one.
    bool dry_run = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_trust(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_trust(const TrustOptions& options, const Context& context);

}  // namespace wslplugins::tool
