// SPDX-License-Identifier: MIT
/// @file
/// `ExitCode`: what the tool tells the shell.
#pragma once

namespace wslplugins::tool {

enum class ExitCode : int {
    Good = 0,
    Findings = 1,  ///< Something is not as it should be, or a run failed.
    Usage = 2,     ///< The command line, or a file named on it, is wrong.
    Environment =
        3,         ///< This machine cannot do it: a program, a right or Windows itself is missing.
    Internal = 4,  ///< A mistake of the tool's own.
};

}  // namespace wslplugins::tool
