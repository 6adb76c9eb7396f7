// SPDX-License-Identifier: MIT
/// @file
/// Starting a program in the machine.
#pragma once

#include "guest/child.hpp"
#include "guest/init.hpp"

namespace wslplugins::guest {

/// A program's streams: the connection is its stdin and stdout.
struct ProgramStreams {
    int connection = -1;
    int error = -1;
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
start_program(const Init& init, const protocol::Execute& request, const ProgramStreams& streams);

}  // namespace wslplugins::guest
