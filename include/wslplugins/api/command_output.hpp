// SPDX-License-Identifier: MIT
/// @file
/// `CommandOutput`: what a program wrote, and how it ended.
#pragma once

#include <wslplugins/api/exit_status.hpp>

#include <string>

namespace wslplugins {

/// Of a program that ran to its end.
struct CommandOutput {
    std::string standard_output;                ///< Bytes, as the program wrote them.
    std::string standard_error;                 ///< Bytes, as the program wrote them.
    ExitStatus status = ExitStatus::exited(0);  ///< How it ended.
};

}  // namespace wslplugins
