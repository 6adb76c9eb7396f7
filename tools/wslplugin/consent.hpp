// SPDX-License-Identifier: MIT
/// @file
/// Asking before something that others on the machine will notice.
#pragma once

#include "context.hpp"

#include <optional>

namespace wslplugins::tool {

/// Prints what is going to happen and asks on the terminal whether it may; with `yes` it may without being asked.
/// @return none when it may; else what the command ends with, `Usage` where nobody can be asked.
[[nodiscard]] std::optional<ExitCode>
refused_consent(const Context& context, std::string_view consequence, bool yes);

}  // namespace wslplugins::tool
