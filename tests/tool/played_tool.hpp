// SPDX-License-Identifier: MIT
/// @file
/// Runs the tool's command line in this process and keeps what it printed.
#pragma once

#include "command_line.hpp"

#include <sstream>
#include <string>
#include <vector>

namespace wslplugins::tool::test {

struct Played {
    ExitCode code = ExitCode::Internal;
    std::string output;
    std::string errors;
};

[[nodiscard]] inline Played play(std::vector<std::string> arguments) {
    std::ostringstream output;
    std::ostringstream errors;
    const ExitCode code = run_command_line(std::move(arguments), Context{output, errors});
    return {code, output.str(), errors.str()};
}

}  // namespace wslplugins::tool::test
