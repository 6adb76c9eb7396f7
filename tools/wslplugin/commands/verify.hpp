// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin verify`: what the service's signature check would say of a DLL, and why.
#pragma once

#include "context.hpp"

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct VerifyOptions {
    std::string dll;
    bool json = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_verify(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_verify(const VerifyOptions& options, const Context& context);

}  // namespace wslplugins::tool
