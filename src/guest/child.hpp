// SPDX-License-Identifier: MIT
/// @file
/// Starting the guest's child processes and learning how they fare.
///
/// The guest has one thread, so a child may go on as an ordinary program after the fork. A child cannot be
/// traced or looked into by what runs in the machine until it executes something else (PR_SET_DUMPABLE).
#pragma once

#include "guest/descriptor.hpp"
#include "guest/step.hpp"

#include <sys/types.h>

#include <optional>

namespace wslplugins::guest {

/// Forks; the child becomes part of the PID namespace of the process that the pidfd names. There is no
/// way back to the guest's own: that takes rights over the machine that a user does not have.
/// @return 0 in the child.
[[nodiscard]] Step<pid_t> fork_into(int process);

/// The ends of a connection between the guest and a child. Both ends close when a program is executed.
struct ReportChannel {
    Descriptor ours;
    Descriptor theirs;
};

[[nodiscard]] Step<ReportChannel> open_report_channel();

/// Sends one message.
[[nodiscard]] bool send_report(const Descriptor& end, std::span<const std::byte> message);

/// A message, and who sent it as this process's PID namespace knows it.
struct Report {
    protocol::Bytes message;
    pid_t sender = 0;
};

/// Waits for one message; none when the other end is closed.
[[nodiscard]] std::optional<Report> receive_report(const Descriptor& end);

/// In a child: tells the failure and ends.
[[noreturn]] void fail_child(const Descriptor& end, const protocol::Failure& failure);

/// Waits for the end of a child that ends soon. @return its wait status.
int wait_for_child(pid_t child);

/// The descriptors that a program gets as its standard streams; one may stand twice.
struct StandardStreams {
    int input = -1;
    int output = -1;
    int error = -1;
};

/// In a child, right before it executes a program: standard streams, no other descriptors, no signals blocked
/// or ignored, a session of its own, umask 022 and `/` as the folder.
[[nodiscard]] Step<> prepare_to_execute(const StandardStreams& streams);

/// Executes `path` as it is, with the environment that every init has; comes back only to say why not.
[[nodiscard]] protocol::Failure execute(const std::string& path,
                                        const std::vector<std::string>& arguments);

/// Executes a program with this environment and no other. A `path` without a slash is looked up in init's PATH,
/// not in that of the environment; a file of no known format is given to the shell, as execvpe does.
[[nodiscard]] protocol::Failure execute_from_path(const std::string& path,
                                                  const std::vector<std::string>& arguments,
                                                  const std::vector<std::string>& environment);

}  // namespace wslplugins::guest
