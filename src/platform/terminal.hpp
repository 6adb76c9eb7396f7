// SPDX-License-Identifier: MIT
/// @file
/// Whether somebody sits there who can answer.
#pragma once

namespace wslplugins::platform {

/// Whether this process's standard input is a terminal.
[[nodiscard]] bool input_is_terminal() noexcept;

}  // namespace wslplugins::platform
