// SPDX-License-Identifier: MIT
/// @file
/// The table of all commands.
#pragma once

#include "context.hpp"

#include <string>
#include <vector>

namespace wslplugins::tool {

/// Parses the arguments (UTF-8, without the program's name) and runs the command that they name.
[[nodiscard]] ExitCode run_command_line(std::vector<std::string> arguments, Context context);

}  // namespace wslplugins::tool
