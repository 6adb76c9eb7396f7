// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin explain`: says what a code, an error path or a finding means, and what to do.
#pragma once

#include "context.hpp"

namespace CLI {
class App;
}

namespace wslplugins::tool {

struct ExplainOptions {
    std::vector<std::string> words;
    bool json = false;
};

/// Adds the command; when it is parsed, `action` runs it.
void add_explain(CLI::App& app, Action& action);

[[nodiscard]] ExitCode run_explain(const ExplainOptions& options, const Context& context);

}  // namespace wslplugins::tool
