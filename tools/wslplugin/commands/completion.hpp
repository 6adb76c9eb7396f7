// SPDX-License-Identifier: MIT
/// @file
/// `wslplugin completion`: prints what lets a shell complete the command line.
#pragma once

#include "context.hpp"

namespace CLI {
class App;
}

namespace wslplugins::tool {

/// Adds the command; when it is parsed, `action` prints what is known of all commands that `app` has then.
void add_completion(CLI::App& app, Action& action);

}  // namespace wslplugins::tool
