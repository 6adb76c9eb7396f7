// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin doctor`: everything that is wrong with the plugins of this computer, and what to do about each.
#pragma once

#include "context.hpp"

#include <string>

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct DoctorOptions {
    bool json = false;
    std::string bundle;  ///< The support archive's file; empty for none.
};

/// Adds the command; when it is parsed, `action` runs it.
void add_doctor(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_doctor(const DoctorOptions& options, const Context& context);

}  // namespace wslplugins::tool
