// SPDX-License-Identifier: MIT
/// @file
/// A place for tests that destroy things: a mistake in what they test costs nothing there.
#pragma once

#include <functional>
#include <string>

namespace wslplugins::tests {

/// Folders that can be written in the sandbox. They are empty temporary filesystems, and end with it.
inline const std::string sandbox_data = "/var/tmp";
inline const std::string sandbox_programs = "/opt";

/// Runs `body` in a child process in mount, PID, host name and IPC namespaces of its own, in which everything
/// but the two folders is read-only; all that it starts ends with it. As an ordinary user it does so in a
/// user namespace. Failed expectations in `body` fail the calling test.
void run_in_outer_sandbox(const std::function<void()>& body);

}  // namespace wslplugins::tests
