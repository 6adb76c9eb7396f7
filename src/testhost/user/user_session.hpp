// SPDX-License-Identifier: MIT
/// @file
/// `UserSession`: one Windows user's WSL: a virtual machine and the distributions that run in it.
///
/// One recursive lock, the instance lock, is held through every operation, hooks included, but for the work on a
/// distribution's files. So a call from the hook's thread goes on, and one from another thread waits until
/// the whole operation is over. While a distribution's files are worked on, the distribution is locked instead.
#pragma once

#include "testhost/computer.hpp"
#include "testhost/machine/machine.hpp"
#include "testhost/plugins/information.hpp"
#include "testhost/plugins/plugin_manager.hpp"
#include "testhost/session_lock.hpp"

#include <cstring>
#include <expected>
#include <map>
#include <mutex>
#include <set>

namespace wslplugins::testhost {

/// Where a program runs: in the virtual machine's root namespace, or in a distribution.
struct ProgramRequest {
    std::optional<Guid> distribution;
    std::string path;
    std::vector<std::string> arguments;
};

/// A running distribution, for a command: it is not idle while one of these lives.
struct Instance {
    std::shared_ptr<Machine> machine;  ///< It may be stopped by another command at any time.
    std::shared_ptr<const char> client;
};

/// How a distribution gets its files. Paths are Linux'.
struct DistributionSource {
    enum class Kind : std::uint8_t { Tar, Disk, InPlace } kind = Kind::Tar;
    std::string path;      ///< A file or folder.
    std::string location;  ///< Where its files go; not for `InPlace`.
};

class UserSession {
public:
    /// What the session works with; all of it outlives the session's last operation.
    struct Surroundings {
        Computer& computer;
        UserProfile& user;
        const PluginManager& plugins;
    };

    [[nodiscard]] static WinResult<std::shared_ptr<UserSession>> make(std::uint32_t id,
                                                                      Surroundings surroundings);

    [[nodiscard]] std::uint32_t id() const noexcept { return information_.get()->SessionId; }
    [[nodiscard]] UserProfile& user() const noexcept { return around_.user; }
    [[nodiscard]] Journal& journal() const noexcept { return around_.computer.journal(); }

    // What users' commands ask for. Each reports its failures to the thread's error collector. An exception that
    // leaves a stopping hook is one: what the hook was called for then still counts as running, and the
    // next stop calls the hook again.

    /// Starts the virtual machine and the distribution where they do not run.
    [[nodiscard]] std::expected<Instance, HResult>
    create_instance(const RegisteredDistribution& distribution);

    [[nodiscard]] HResult terminate(const Guid& distribution);
    [[nodiscard]] HResult shutdown(bool force);

    /// Registers it, and gives it its files. @return ERROR_ALREADY_EXISTS for a name that is taken.
    [[nodiscard]] HResult register_distribution(RegisteredDistribution distribution,
                                                const DistributionSource& source);

    [[nodiscard]] HResult unregister(const RegisteredDistribution& distribution);

    /// Writes its files to a tar file or, for a disk, to a folder. Paths are Linux'.
    [[nodiscard]] HResult export_to(const RegisteredDistribution& distribution,
                                    DistributionSource::Kind kind,
                                    std::string_view path);

    [[nodiscard]] HResult set_version(const RegisteredDistribution& distribution, int wsl_version);
    [[nodiscard]] HResult set_default_user(const Guid& distribution, std::uint32_t user_id);

    /// @param file a Linux path; attached again whenever the machine starts.
    [[nodiscard]] HResult attach_disk(std::string_view file);
    [[nodiscard]] HResult detach_disk(std::string_view file);

    // Both want a distribution that does not run: WSL_E_DISTRO_NOT_STOPPED.
    [[nodiscard]] HResult resize(const RegisteredDistribution& distribution);
    [[nodiscard]] HResult move(const RegisteredDistribution& distribution,
                               std::string_view location);

    // What happens without a command.

    /// Stops what has been idle for the timeout.
    void stop_idle(IdleTimeout timeout);

    /// The machine, which is not null, has died. Another one is not meant: the hooks have been called then. Several may tell
    /// of it; each returns when the hooks have been called.
    void on_machine_crash(const std::shared_ptr<Machine>& dead);

    /// A Windows program holds files of the distribution open, or does not any more.
    /// @return whether it runs.
    [[nodiscard]] bool hold_files(const Guid& distribution, bool are_open);

    /// All that ran in the distribution has ended.
    void on_init_end(const Guid& distribution);

    /// For good: as `shutdown`, but nothing is left. Whoever has the session for longer than the options' limit loses the
    /// virtual machine.
    void stop();

    /// Null without a machine. Does not wait for an operation in progress.
    [[nodiscard]] std::shared_ptr<Machine> machine();

    // What plugins' calls ask for, with the codes that they get.

    /// @return ERROR_INVALID_STATE without a virtual machine, ERROR_FILE_NOT_FOUND, E_FAIL.
    [[nodiscard]] HResult
    mount_folder(std::string_view windows_path, std::string_view linux_path, bool read_only);

    /// @return ERROR_INVALID_STATE without a virtual machine; E_ILLEGAL_STATE_CHANGE for a locked distribution,
    /// WSL_E_VM_MODE_INVALID_STATE for one that does not run, WSL_E_WSL2_NEEDED for one of WSL 1, E_FAIL when
    /// exec failed.
    [[nodiscard]] WinResult<platform::Socket> execute(const ProgramRequest& request);

private:
    /// The service keeps its running distributions, and stops them, in the order of a GUID's bytes in memory.
    struct MemoryOrder {
        [[nodiscard]] bool operator()(const Guid& left, const Guid& right) const noexcept {
            const abi::GUID a = left.raw();
            const abi::GUID b = right.raw();
            return std::memcmp(&a, &b, sizeof a) < 0;
        }
    };
    struct RunningDistribution {
        std::optional<DistributionInformation>
            information;                     // none of WSL 1: no hook is called for it
        std::shared_ptr<const char> client;  // the first of the copies that commands hold
        bool has_open_files = false;         // init refuses to stop it for being idle
    };
    using Running = std::map<Guid, RunningDistribution, MemoryOrder>;

    /// Locks a distribution while it lives; made with the instance lock held.
    class DistributionLock {
    public:
        DistributionLock(UserSession& session, const Guid& id) : session_(session), id_(id) {
            session_.locked_.insert(id_);
        }
        DistributionLock(const DistributionLock&) = delete;
        DistributionLock& operator=(const DistributionLock&) = delete;
        ~DistributionLock() {
            const std::scoped_lock lock(session_.instance_lock_);
            session_.locked_.erase(id_);
        }

    private:
        UserSession& session_;
        const Guid id_;
    };

    UserSession(SessionInformation information,
                VmSettingsInformation settings,
                Surroundings surroundings) noexcept
        : around_(surroundings), information_(std::move(information)),
          settings_(std::move(settings)) {}

    // All of these need the instance lock.
    [[nodiscard]] HResult ensure_not_locked(const Guid& distribution) const;
    [[nodiscard]] HResult need_vm();
    [[nodiscard]] HResult create_vm();
    [[nodiscard]] WinResult<> boot();
    [[nodiscard]] HResult terminate_vm();
    void destroy_vm();
    [[nodiscard]] HResult start_distribution(const RegisteredDistribution& distribution);
    [[nodiscard]] HResult start_wsl1(const RegisteredDistribution& distribution);
    [[nodiscard]] HResult on_started(const RegisteredDistribution& distribution,
                                     const StartedDistribution& started);
    void stop_in_machine(const Guid& id);
    [[nodiscard]] HResult terminate(Running::iterator distribution);
    [[nodiscard]] HResult terminate_if_running(const Guid& id);
    [[nodiscard]] HResult ensure_stopped(const Guid& id) const;
    void stop_if_idle(Running::iterator distribution);
    [[nodiscard]] HResult forget(Running::iterator distribution);
    void stop_all(bool with_wsl1);

    // These take it where they need it.
    [[nodiscard]] HResult make_files(RegisteredDistribution& distribution,
                                     const DistributionSource& source);
    [[nodiscard]] HResult tell(Hook hook, const RegisteredDistribution& distribution) const;
    void set_machine(std::shared_ptr<Machine> machine);
    [[nodiscard]] bool is_first_to_tell_of(const std::shared_ptr<Machine>& dead);
    [[nodiscard]] const ServiceOptions& options() const noexcept {
        return around_.computer.options();
    }

    const Surroundings around_;
    SessionLock instance_lock_{around_.plugins.strict()};
    SessionInformation information_;
    VmSettingsInformation settings_;
    std::mutex machine_lock_;           // besides the instance lock, to change the next one
    std::shared_ptr<Machine> machine_;  // null: no virtual machine
    std::weak_ptr<Machine> told_dead_;  // with the same lock: which has last been told dead
    std::shared_ptr<Machine> wsl1_;     // where WSL 1's programs run, once there are any
    Running running_;
    std::set<Guid> locked_;  // distributions whose files are worked on
    std::vector<std::string> disks_;
};

}  // namespace wslplugins::testhost
