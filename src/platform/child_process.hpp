// SPDX-License-Identifier: MIT
/// @file
/// Running other programs.
#pragma once

#include "platform/socket.hpp"

#include <wslplugins/core/result.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::platform {

/// How a program ended, and what it wrote to its standard output and standard error, together.
struct ProgramOutcome {
    int exit_code = 0;
    std::string output;
};

/// Runs a program to its end with nothing on its standard input. `command[0]` is a path, or a name that is
/// looked up in PATH; no shell is involved.
/// @return ERROR_FILE_NOT_FOUND when there is no such program.
[[nodiscard]] WinResult<ProgramOutcome> run_program(const std::vector<std::string>& command);

/// As `run_program`, and ends the program as soon as `goes_on` says no, which is asked some times a second. What that
/// program has started itself goes on.
/// @return ERROR_CANCELLED where it was ended; ERROR_NOT_SUPPORTED where this is not Windows.
[[nodiscard]] WinResult<ProgramOutcome> run_program_while(const std::vector<std::string>& command,
                                                          const std::function<bool()>& goes_on);

/// Starts a native Linux program whose standard input and output are the two directions of one TCP
/// connection, and returns the other end of it. The program's standard error is this process's.
///
/// The caller gets no process handle: under Wine a native program has none. It must end by itself when
/// its standard input ends. Under Wine its standard streams do not block, as no socket of Wine's does: it polls
/// before it reads, or meets EAGAIN. `path` is a Linux path, under Wine too.
/// @return ERROR_NOT_SUPPORTED on Windows itself, where no native Linux program can be started.
[[nodiscard]] WinResult<Socket> start_native_program(std::string_view path);

}  // namespace wslplugins::platform
