// SPDX-License-Identifier: MIT
/// @file
/// What the helper runs on the Linux side, and the words in which it answers.
///
/// The streams of one program are several calls of ExecuteBinary, each with a socket of its own. They meet in
/// pipes without a name, which a shell makes by `|` and another process opens by the path
/// /proc/<process>/fd/0: no file, no folder, nothing that could be left behind.
///
/// - A **relay** copies between its socket and a pipe. Its first line is the process that has the pipe.
///   When its stream or its socket ends, it ends with all its processes.
/// - The **main** script answers `ready`, or `no` and a reason, reads one line (the marker and the pipes'
///   paths), and answers `started` when the program's streams are open and `ended <status> exited|killed`
///   when it has ended. The end of its socket kills its process group, the program included.
#pragma once

#include <wslplugins/api/command_description.hpp>
#include <wslplugins/core/result.hpp>

#include <string>
#include <vector>

namespace wslplugins::detail {

inline constexpr const char* shell_path = "/bin/sh";

enum class RelayDirection { ToProgram, FromProgram };

/// The whole argv of a relay.
[[nodiscard]] std::vector<std::string> relay_arguments(RelayDirection direction);

/// The whole argv of the main script for this command.
/// @return E_INVALIDARG when it needs more text than Linux takes in one argument.
[[nodiscard]] WinResult<std::vector<std::string>> main_arguments(const CommandDescription& command);

}  // namespace wslplugins::detail
