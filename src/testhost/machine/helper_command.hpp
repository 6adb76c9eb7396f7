// SPDX-License-Identifier: MIT
/// @file
/// `HelperCommand`: what a command line of the framework's helper is for.
#pragma once

#include <wslplugins/testhost/scripted_linux.hpp>

#include <optional>
#include <string>
#include <vector>

namespace wslplugins::testhost {

struct HelperCommand {
    enum class Part { Main, ToProgram, FromProgram };

    Part part = Part::Main;
    ScriptedProgram program;  ///< Of the main part: the program that it runs.
};

/// None for the command line of anything else.
[[nodiscard]] std::optional<HelperCommand>
parse_helper_command(const std::vector<std::string>& arguments);

}  // namespace wslplugins::testhost
