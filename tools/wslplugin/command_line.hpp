// SPDX-License-Identifier: MIT
/// @file
/// The table of all commands.
#pragma once

#include "context.hpp"

#include <optional>
#include <string>
#include <vector>

namespace wslplugins::tool {

/// Parses the arguments (UTF-8, without the program's name) and sets what runs the command that they name.
/// @return none where it is to be run; else how the tool ends, after help or what is wrong was printed.
[[nodiscard]] std::optional<ExitCode>
parse_command_line(std::vector<std::string> arguments, Context& context, Action& action);

/// Parses the arguments and runs the command.
[[nodiscard]] ExitCode run_command_line(std::vector<std::string> arguments, Context context);

}  // namespace wslplugins::tool
