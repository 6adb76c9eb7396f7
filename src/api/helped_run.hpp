// SPDX-License-Identifier: MIT
/// @file
/// Running a program with the helper to its end.
#pragma once

#include "api/helped_program.hpp"

#include <wslplugins/api/prepared_command.hpp>

namespace wslplugins::detail {

/// Writes the command's input, and reads output, error and status at once, on this thread.
[[nodiscard]] WinResult<CommandOutput> run_to_end(const PreparedState& prepared);

}  // namespace wslplugins::detail
