// SPDX-License-Identifier: MIT
/// @file
/// What of a command cannot cross to Linux, and why.
#pragma once

#include <wslplugins/api/command_description.hpp>
#include <wslplugins/core/result.hpp>

namespace wslplugins::detail {

/// What must hold either way.
[[nodiscard]] WinResult<> check_command(const CommandDescription& command);

/// What must hold besides to run it without the helper.
[[nodiscard]] WinResult<> check_raw(const CommandDescription& command);

/// What must hold besides to run it with the helper.
[[nodiscard]] WinResult<> check_helped(const CommandDescription& command);

}  // namespace wslplugins::detail
