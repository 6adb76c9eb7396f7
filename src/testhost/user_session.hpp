// SPDX-License-Identifier: MIT
/// @file
/// `UserSession`: one Windows user's WSL: a virtual machine and the distributions that run in it.
///
/// One recursive lock, the instance lock, is held through every operation, hooks included. So a call from the
/// hook's thread goes on, and one from another thread waits until the whole operation is over.
#pragma once

#include "testhost/computer.hpp"
#include "testhost/information.hpp"
#include "testhost/machine.hpp"
#include "testhost/plugin_manager.hpp"

#include <cstring>
#include <expected>
#include <map>
#include <mutex>

namespace wslplugins::testhost {

/// Where a program runs: in the virtual machine's root namespace, or in a distribution.
struct ProgramRequest {
    std::optional<Guid> distribution;
    std::string path;
    std::vector<std::string> arguments;
};

class UserSession {
public:
    /// What the session works with; all of it outlives the session's last launch, shutdown and stop.
    struct Surroundings {
        const ServiceOptions& options;
        UserProfile& user;
        const PluginManager& plugins;
        Journal& journal;
    };

    [[nodiscard]] static WinResult<std::shared_ptr<UserSession>> make(std::uint32_t id,
                                                                      Surroundings surroundings);

    [[nodiscard]] std::uint32_t id() const noexcept { return information_.get()->SessionId; }
    [[nodiscard]] UserProfile& user() const noexcept { return around_.user; }
    [[nodiscard]] Journal& journal() const noexcept { return around_.journal; }

    /// Starts the virtual machine and the distribution where they do not run. Failures are reported to the
    /// thread's error collector. The machine returned may be stopped by another command at any time.
    [[nodiscard]] std::expected<std::shared_ptr<Machine>, HResult>
    create_instance(const RegisteredDistribution& distribution);

    /// `wsl --shutdown`. Fails only where an exception left a stopping hook: what it was called for then still
    /// counts as running, and the next shutdown calls the hook again.
    [[nodiscard]] HResult shutdown();

    /// The service stops: as `shutdown`, but nothing is left.
    void stop();

    /// The API call MountFolder. @return ERROR_INVALID_STATE without a virtual
    /// machine, ERROR_FILE_NOT_FOUND, E_FAIL.
    [[nodiscard]] HResult
    mount_folder(std::string_view windows_path, std::string_view linux_path, bool read_only);

    /// The API calls ExecuteBinary and ExecuteBinaryInDistribution. @return ERROR_INVALID_STATE without a virtual
    /// machine, WSL_E_VM_MODE_INVALID_STATE when the distribution does not run, E_FAIL when exec failed.
    [[nodiscard]] std::expected<platform::Socket, HResult> execute(const ProgramRequest& request);

private:
    /// The service keeps its running distributions, and stops them, in the order of a GUID's bytes in memory.
    struct MemoryOrder {
        [[nodiscard]] bool operator()(const Guid& left, const Guid& right) const noexcept {
            const abi::GUID a = left.raw();
            const abi::GUID b = right.raw();
            return std::memcmp(&a, &b, sizeof a) < 0;
        }
    };
    using Running = std::map<Guid, DistributionInformation, MemoryOrder>;

    UserSession(SessionInformation information,
                VmSettingsInformation settings,
                Surroundings surroundings) noexcept
        : around_(surroundings), information_(std::move(information)),
          settings_(std::move(settings)) {}

    [[nodiscard]] HResult create_vm();
    [[nodiscard]] WinResult<> boot();
    [[nodiscard]] HResult terminate_vm();
    void destroy_vm();
    [[nodiscard]] HResult start_distribution(const RegisteredDistribution& distribution);
    void stop_in_machine(const Guid& id);
    [[nodiscard]] HResult terminate(Running::iterator distribution);

    const Surroundings around_;
    std::recursive_mutex instance_lock_;
    SessionInformation information_;
    VmSettingsInformation settings_;
    std::shared_ptr<Machine> machine_;  // null: no virtual machine
    Running running_;
};

}  // namespace wslplugins::testhost
