// SPDX-License-Identifier: MIT
/// @file
/// The command line as UTF-8, and standard streams that carry UTF-8.
#pragma once

#include <wslplugins/core/result.hpp>

#include <string>
#include <vector>

namespace wslplugins::tool {

/// The arguments without the program's name. On Windows `main` gets them in the process's code page, which
/// cannot spell every file name: there they are taken from the system as UTF-16.
[[nodiscard]] WinResult<std::vector<std::string>> process_arguments(int count, char** values);

/// This program, as a path, which `run` starts once more for the plugins to run in. Empty on Windows, where they run in this
/// process: under Wine, the one place where that could be tried, a process whose parent is killed while it starts it stays.
[[nodiscard]] std::string program_for_plugins();

/// Makes what is printed arrive unchanged: as UTF-8 on a console, and without added carriage returns.
void prepare_standard_streams() noexcept;

}  // namespace wslplugins::tool
