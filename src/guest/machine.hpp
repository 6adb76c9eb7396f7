// SPDX-License-Identifier: MIT
/// @file
/// `Machine`: what runs below the guest, and what is asked of it.
#pragma once

#include "guest/init.hpp"
#include "guest/kernel_log.hpp"
#include "guest/offered_streams.hpp"
#include "guest/program.hpp"
#include "guest/program_table.hpp"

#include <map>

namespace wslplugins::guest {

/// The machine's init, its distributions and its programs. All of them are children of this process.
class Machine {
public:
    /// Moves this process into namespaces of its own where it must, and starts the root namespace.
    /// `program` is the guest's own file.
    [[nodiscard]] static Step<Machine> start(const std::string& program);

    [[nodiscard]] Step<> mount(const protocol::MountFolder& request) const;
    [[nodiscard]] Step<> unmount(const protocol::UnmountFolder& request) const;
    [[nodiscard]] Step<protocol::DistributionStarted>
    start_distribution(const protocol::StartDistribution& request);
    [[nodiscard]] Step<> stop_distribution(const protocol::StopDistribution& request);

    /// Runs the program on the connection, which it gets after the reply.
    void execute(const protocol::Execute& request, platform::Socket connection);

    /// Keeps the connection as a stream of a program to come, after the reply.
    void offer_stream(platform::Socket connection);

    /// Runs the program on streams that have been offered, and replies on the connection.
    void start_process(const protocol::StartProcess& request, platform::Socket connection);

    [[nodiscard]] Step<> signal(const protocol::SignalProgram& request) const;

    /// Takes note of every child that has ended. @return false when the machine's init is one of them.
    [[nodiscard]] bool collect_ended();

    /// Ends everything, and waits until nothing is left.
    void stop();

    [[nodiscard]] KernelLog& kernel_log() noexcept { return kernel_log_; }
    [[nodiscard]] ProgramTable& programs() noexcept { return programs_; }
    [[nodiscard]] OfferedStreams& offered_streams() noexcept { return offered_streams_; }
    [[nodiscard]] const OfferedStreams& offered_streams() const noexcept {
        return offered_streams_;
    }
    [[nodiscard]] const KernelLog& kernel_log() const noexcept { return kernel_log_; }
    [[nodiscard]] const ProgramTable& programs() const noexcept { return programs_; }

private:
    [[nodiscard]] const Init* find(const std::optional<Guid>& distribution) const;
    [[nodiscard]] Step<HeldProgram> start(const std::optional<Guid>& distribution,
                                          const ProgramRequest& request,
                                          const StandardStreams& streams) const;
    void reply_and_release(const Step<HeldProgram>& held, platform::Socket& connection);
    void note_end(pid_t pid, int wait_status);

    std::string program_;
    KernelLog kernel_log_;
    Init init_;
    std::map<Guid, Init> distributions_;
    ProgramTable programs_;
    OfferedStreams offered_streams_;
};

}  // namespace wslplugins::guest
