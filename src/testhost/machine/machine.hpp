// SPDX-License-Identifier: MIT
/// @file
/// `Machine`: a virtual machine as the service works with it.
#pragma once

#include "platform/socket.hpp"

#include <wslplugins/core/guid.hpp>
#include <wslplugins/core/result.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wslplugins::testhost {

struct ServiceOptions;

/// Which distribution, and which folder of this computer (a Linux path) is its root.
struct DistributionPlace {
    DistributionPlace(const Guid& distribution, std::string folder = {}, bool keeps = false)
        : id(distribution), root(std::move(folder)), keeps_changes(keeps) {}

    Guid id;
    std::string root;    ///< Empty: a throwaway of the machine's own programs.
    bool keeps_changes;  ///< What is written there stays; else the folder is never changed.
};

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

/// A program to be run with three streams of its own.
struct ProcessRequest {
    std::optional<Guid> distribution;      ///< None: the root namespace.
    std::string path;                      ///< A name without a slash is looked up in init's PATH.
    std::vector<std::string> arguments;    ///< The whole argv.
    std::vector<std::string> environment;  ///< All of it.
    std::string folder;  ///< Where it starts, made where it is missing; empty: the root.
};

/// A program that runs with three streams of its own. Standard input is closed by closing the socket.
struct StartedProcess {
    std::uint64_t number = 0;
    platform::Socket input;
    platform::Socket output;
    platform::Socket error;
};

/// How a program ended: `exit_code`, or 128 and the signal's number, as shells say it.
struct ProgramExit {
    int exit_code = 0;
};

/// One running machine. Its destructor ends everything that runs in the machine, and waits for it.
///
/// Every function may be called from any thread; requests other than `execute` are served one after the
/// other. Once the machine is dead, each answers E_ABORT.
class Machine {
public:
    Machine() noexcept = default;
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;
    virtual ~Machine() = default;

    /// The path by which `mount_folder` knows a Windows folder. @return ERROR_FILE_NOT_FOUND when there is none.
    [[nodiscard]] virtual WinResult<std::string> host_folder(std::string_view windows_path) const;

    /// Mounts a folder of the host (a Linux path) in the root namespace; folders on the way are made.
    /// @return E_FAIL when the target is empty or the mount fails.
    [[nodiscard]] virtual WinResult<>
    mount_folder(std::string_view host_folder, std::string_view target, bool read_only) = 0;

    /// So too in a running distribution. @return also WSL_E_VM_MODE_INVALID_STATE when it does not run.
    [[nodiscard]] virtual WinResult<> mount_in(const Guid& distribution,
                                               std::string_view host_folder,
                                               std::string_view target,
                                               bool read_only) = 0;

    /// Takes a mount of the root namespace away, and the folder that it lay on. What is no mount is left as it is.
    /// @return E_FAIL while it is in use, and when the folder is not empty.
    [[nodiscard]] virtual WinResult<> unmount_folder(std::string_view target) = 0;

    /// Starts a distribution's init, in a mount and PID namespace of its own below the machine's.
    [[nodiscard]] virtual WinResult<StartedDistribution>
    start_distribution(const DistributionPlace& place) = 0;

    /// Ends everything that runs in the distribution, and waits for it.
    /// @return WSL_E_VM_MODE_INVALID_STATE when it does not run.
    [[nodiscard]] virtual WinResult<> stop_distribution(const Guid& id) = 0;

    /// Runs a program as root, in the root namespace or in a running distribution. `path` is executed as it
    /// is, without a search; `arguments` is the whole argv.
    /// @return E_FAIL when exec failed; WSL_E_VM_MODE_INVALID_STATE when the distribution does not run.
    [[nodiscard]] virtual WinResult<StartedProgram>
    execute(const std::optional<Guid>& distribution,
            std::string_view path,
            const std::vector<std::string>& arguments) = 0;

    /// Runs a user's command in a running distribution: the words as they are, the first one looked up in PATH;
    /// the shell without words. @return as `execute`.
    [[nodiscard]] virtual WinResult<StartedProgram>
    run_users_command(const Guid& distribution, const std::vector<std::string>& words);

    /// Runs a program as root with three streams of its own.
    /// @return E_FAIL when exec failed, with Linux' own number; WSL_E_VM_MODE_INVALID_STATE when the
    ///         distribution does not run.
    [[nodiscard]] virtual WinResult<StartedProcess>
    start_process(const ProcessRequest& request) = 0;

    /// Sends a signal to a program. @return ERROR_NOT_FOUND when it does not run.
    [[nodiscard]] virtual WinResult<> signal(std::uint64_t program, int number) = 0;

    /// Waits until a program has ended.
    [[nodiscard]] virtual WinResult<ProgramExit> wait(std::uint64_t program) = 0;

    /// What programs and init wrote to their standard error stream since the last call; the oldest is dropped
    /// past 64 KiB.
    [[nodiscard]] virtual WinResult<std::string> take_kernel_log() = 0;

    /// Whether it is dead: it has been stopped, or has died by itself. Does not wait.
    [[nodiscard]] virtual bool has_ended() = 0;

    /// Ends everything that runs in the machine, and waits for it. Calls that wait in the machine end too.
    virtual void stop() = 0;
};

/// Starts the machine that the options ask for, and waits until its root namespace stands.
[[nodiscard]] WinResult<std::shared_ptr<Machine>> start_machine(const ServiceOptions& options);

}  // namespace wslplugins::testhost
