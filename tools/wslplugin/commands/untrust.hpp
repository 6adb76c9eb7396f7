// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin untrust`: takes the trust in every recorded development certificate away.
#pragma once

#include "context.hpp"

#include <string>

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct UntrustOptions {
    std::string certificate_folder;  ///< Empty: the default one.
    bool force = false;
    bool dry_run = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_untrust(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_untrust(const UntrustOptions& options, const Context& context);

}  // namespace wslplugins::tool
