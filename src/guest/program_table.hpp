// SPDX-License-Identifier: MIT
/// @file
/// `ProgramTable`: which programs run, how the others ended, and who waits for which.
#pragma once

#include "guest/step.hpp"
#include "platform/socket.hpp"

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace wslplugins::guest {

/// Programs are numbered from 1; a number is never used again.
class ProgramTable {
public:
    /// @return the program's number.
    [[nodiscard]] std::uint64_t add(pid_t pid);

    /// Notes that a child has ended, if it is a program, and answers who waits for it.
    void note_end(pid_t pid, int wait_status);

    /// Answers on the connection: at once for an ended or unknown program, else when it ends.
    void answer_when_ended(std::uint64_t program, platform::Socket connection);

    /// The process of a program that runs.
    [[nodiscard]] std::optional<pid_t> pid_of(std::uint64_t program) const;

    /// Connections on which nothing is to come; one that becomes readable has been closed.
    [[nodiscard]] std::vector<int> waiting_descriptors() const;

    void forget_waiter(int descriptor);

private:
    struct Waiter {
        std::uint64_t program;
        platform::Socket connection;
    };

    std::uint64_t last_number_ = 0;
    std::map<pid_t, std::uint64_t> running_;
    std::map<std::uint64_t, std::uint32_t> ended_;
    std::vector<Waiter> waiters_;
};

}  // namespace wslplugins::guest
