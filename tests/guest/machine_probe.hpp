// SPDX-License-Identifier: MIT
/// @file
/// What the tests of the machine share: starting one, running programs in it, and looking at it from outside.
#pragma once

#include "testhost/machine/linux_machine.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <sys/types.h>
#include <vector>

namespace wslplugins::tests {

/// Starts a machine; a failed one fails the test and gives null.
[[nodiscard]] std::unique_ptr<testhost::LinuxMachine> start_machine();

/// A program's output and how it ended.
struct ProgramRun {
    std::string output;
    int exit_code = -1;
};

/// Runs a program to its end; argv is the path and the arguments.
[[nodiscard]] ProgramRun run(testhost::LinuxMachine& machine,
                             const std::vector<std::string>& command,
                             const std::optional<Guid>& distribution = {});

/// Runs a shell script to its end.
[[nodiscard]] ProgramRun run_script(testhost::LinuxMachine& machine,
                                    const std::string& script,
                                    const std::optional<Guid>& distribution = {});

[[nodiscard]] std::string read_to_end(platform::Socket& stream);

/// The guests that this process, or a child that has died, has started.
[[nodiscard]] std::set<pid_t> guests();

/// The one guest. Fails the test and gives 0 when there is not exactly one.
[[nodiscard]] pid_t only_guest();

/// A process and everything below it.
[[nodiscard]] std::set<pid_t> family_of(pid_t pid);

/// The mount and PID namespaces of these processes, as /proc names them, without this process's own.
[[nodiscard]] std::set<std::string> namespaces_of(const std::set<pid_t>& pids);

/// Whether any of the processes is there, or any process is in one of the namespaces. Collects what has ended.
[[nodiscard]] bool is_anything_left(const std::set<pid_t>& pids,
                                    const std::set<std::string>& namespaces);

/// Asks again and again until it holds, ten seconds at most.
[[nodiscard]] bool becomes_true(const std::function<bool()>& condition);

/// What is mounted in this process's own namespace.
[[nodiscard]] std::string own_mounts();

}  // namespace wslplugins::tests
