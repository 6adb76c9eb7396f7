// SPDX-License-Identifier: MIT
/// @file
/// Starting a program in the machine.
#pragma once

#include "guest/child.hpp"
#include "guest/init.hpp"

namespace wslplugins::guest {

/// What to execute.
struct ProgramRequest {
    std::string path;
    std::vector<std::string> arguments;
    /// None: that of an init, and the path is executed as it is. Else this one, and a name is looked up.
    std::optional<std::vector<std::string>> environment;
    std::string folder;  ///< Where it starts, made where it is missing; empty: the root.
};

/// A program that has been executed and has not run one instruction yet.
class HeldProgram {
public:
    explicit HeldProgram(pid_t pid) noexcept : pid_(pid) {}

    [[nodiscard]] pid_t pid() const noexcept { return pid_; }

    /// Lets it run.
    void release() const noexcept;

private:
    pid_t pid_;
};

/// Starts a program in the namespaces of `init`, as a child of the guest.
///
/// The program is held until `release`, because the reply goes over the connection that is its stdout:
/// nothing of what it writes may come first.
[[nodiscard]] Step<HeldProgram>
start_program(const Init& init, const ProgramRequest& request, const StandardStreams& streams);

}  // namespace wslplugins::guest
