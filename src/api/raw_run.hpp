// SPDX-License-Identifier: MIT
/// @file
/// Reading a program to its end, without the helper.
#pragma once

#include <wslplugins/api/command_description.hpp>
#include <wslplugins/api/raw_process.hpp>

#include <string>

namespace wslplugins::detail {

inline constexpr HResult buffer_overflow = HResult::from_win32(111);  // ERROR_BUFFER_OVERFLOW

/// Closes the program's input and reads its output, within the command's limits from now on.
[[nodiscard]] WinResult<std::string> read_to_end(const CommandDescription& command,
                                                 RawProcess process);

}  // namespace wslplugins::detail
