// SPDX-License-Identifier: MIT
/// @file
/// `LinuxMachine`: the virtual machine as the test host sees it, a guest program and its control connection.
#pragma once

#include "platform/socket.hpp"

#include <wslplugins/core/guid.hpp>
#include <wslplugins/core/result.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

/// What is known of a distribution once its init runs.
struct StartedDistribution {
    std::uint64_t pid_namespace = 0;  ///< Inode number of its PID namespace.
    std::uint32_t init_pid = 0;  ///< Its init, as seen from the virtual machine's root namespace.
    std::string flavor;          ///< ID in its os-release; empty when there is none.
    std::string version;         ///< VERSION_ID there; empty when there is none.
};

/// A program that runs in the machine: its number, and the connection that is its stdin and stdout.
struct StartedProgram {
    std::uint64_t number = 0;
    platform::Socket stream;
};

/// How a program ended: `exit_code`, or 128 and the signal's number, as shells say it.
struct ProgramExit {
    int exit_code = 0;
};

/// One running machine. Every function may be called from any thread; requests other than `execute` are
/// served one after the other.
class LinuxMachine {
public:
    /// Starts the guest and waits until its root namespace stands.
    /// @return what the guest says it could not do, such as E_ACCESSDENIED where the kernel allows neither
    ///         namespaces nor user namespaces.
    [[nodiscard]] static WinResult<std::unique_ptr<LinuxMachine>>
    start(std::string_view guest_program);

    LinuxMachine(const LinuxMachine&) = delete;
    LinuxMachine& operator=(const LinuxMachine&) = delete;

    /// Ends everything that runs in the machine, and waits for it.
    ~LinuxMachine();

    /// Mounts a folder of the host (a Linux path) in the root namespace; folders on the way are made.
    /// @return E_FAIL when the target is empty or the mount fails.
    [[nodiscard]] WinResult<>
    mount_folder(std::string_view host_folder, std::string_view target, bool read_only);

    /// Starts a distribution's init, in a mount and PID namespace of its own below the machine's.
    [[nodiscard]] WinResult<StartedDistribution> start_distribution(const Guid& id);

    /// Ends everything that runs in the distribution, and waits for it.
    /// @return WSL_E_VM_MODE_INVALID_STATE when it does not run.
    [[nodiscard]] WinResult<> stop_distribution(const Guid& id);

    /// Runs a program as root, in the root namespace or in a running distribution. `path` is executed as it
    /// is, without a search; `arguments` is the whole argv.
    /// @return E_FAIL when exec failed; WSL_E_VM_MODE_INVALID_STATE when the distribution does not run.
    [[nodiscard]] WinResult<StartedProgram> execute(const std::optional<Guid>& distribution,
                                                    std::string_view path,
                                                    const std::vector<std::string>& arguments);

    /// Waits until a program has ended.
    [[nodiscard]] WinResult<ProgramExit> wait(std::uint64_t program);

    /// What programs and init wrote to their standard error stream since the last call; the oldest is dropped
    /// past 64 KiB.
    [[nodiscard]] WinResult<std::string> take_kernel_log();

private:
    class Connection;
    explicit LinuxMachine(std::unique_ptr<Connection> connection) noexcept;

    std::unique_ptr<Connection> connection_;
};

}  // namespace wslplugins::testhost
