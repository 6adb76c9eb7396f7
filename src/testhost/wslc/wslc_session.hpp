// SPDX-License-Identifier: MIT
/// @file
/// `WslcSession`: a container session as its own process keeps it: one virtual machine at a time, and who uses it.
///
/// No lock is held while a hook runs, but for one that keeps the hooks of starting and stopping apart.
#pragma once

#include "testhost/wslc/wslc_notifier.hpp"
#include "testhost/wslc/wslc_vm.hpp"

#include <condition_variable>
#include <utility>

namespace wslplugins::testhost {

class WslcStorage;

class WslcSession {
public:
    /// What the session works with; all of it outlives the session's end.
    struct Surroundings {
        const ServiceOptions& options;
        Journal& journal;
        WslcNotifier& notifier;
    };

    WslcSession(WslcSessionFacts facts,
                std::shared_ptr<WslcStorage> storage,
                Surroundings surroundings) noexcept;
    WslcSession(const WslcSession&) = delete;
    WslcSession& operator=(const WslcSession&) = delete;

    [[nodiscard]] const WslcSessionFacts& facts() const noexcept { return facts_; }
    [[nodiscard]] WslcStorage& storage() noexcept { return *storage_; }
    [[nodiscard]] WslcNotifier& notifier() noexcept { return around_.notifier; }

    /// Whether one who looks for it finds it: until it is released or has been terminated.
    [[nodiscard]] bool can_be_found() const;

    /// Whether it goes on: neither ended nor about to.
    [[nodiscard]] bool is_alive() const;

    // --- what plugins call -------------------------------------------------------------------------------------

    [[nodiscard]] HResult
    mount_folder(const std::string& windows_path, const std::string& mountpoint, bool read_only);
    [[nodiscard]] HResult unmount_folder(const std::string& mountpoint);
    [[nodiscard]] WinResult<std::shared_ptr<WslcProcess>>
    create_process(const ProcessRequest& request);

    // --- what clients do ---------------------------------------------------------------------------------------

    /// What keeps the machine running: an operation of a client's, a container that runs.
    class Activity {
    public:
        Activity(WslcSession& session, std::shared_ptr<WslcVm> vm) noexcept
            : session_(&session), vm_(std::move(vm)) {}
        Activity(Activity&& other) noexcept
            : session_(std::exchange(other.session_, nullptr)), vm_(std::move(other.vm_)) {}
        Activity& operator=(Activity&&) = delete;
        ~Activity();

        [[nodiscard]] WslcVm& vm() const noexcept { return *vm_; }
        [[nodiscard]] WslcSession& session() const noexcept { return *session_; }
        /// One more of the same machine.
        [[nodiscard]] Activity share() const;

    private:
        WslcSession* session_;
        std::shared_ptr<WslcVm> vm_;
    };

    /// Starts the machine where none runs, and waits for its hook; while one stops, waits for that first.
    [[nodiscard]] WinResult<Activity> begin_operation();

    void add_client();

    /// The last client's release ends the session.
    void release_client();

    void terminate();

    [[nodiscard]] bool let_idle_time_pass();

    /// @return WSLC_E_VM_NOT_RUNNING.
    [[nodiscard]] WinResult<> crash_vm();

    [[nodiscard]] bool has_vm() const;

    /// The machine dies, and the session has not noticed: `crash_vm` comes later.
    void end_machine();

    void kill_process();

    /// Runs work that ends at the latest when the machine does.
    void run_in_background(std::function<void()> work) { background_.start(std::move(work)); }

private:
    enum class Phase : std::uint8_t { Alive, Terminating, Released, Ended, ProcessKilled };
    enum class VmState : std::uint8_t { None, Booting, Running, Stopping };
    class Call;

    [[nodiscard]] std::expected<std::shared_ptr<WslcVm>, HResult> enter_call();
    void leave_call();
    void end_operation();
    [[nodiscard]] WinResult<std::shared_ptr<WslcVm>> boot();
    [[nodiscard]] bool take_over(std::shared_ptr<WslcVm> vm);
    void notify_started(const std::shared_ptr<WslcVm>& vm);
    void notify_stopping();
    [[nodiscard]] bool begin_end(Phase phase);
    void finish_end(Phase phase);
    void stop_vm(WslcVm& vm);

    const WslcSessionFacts facts_;
    const std::shared_ptr<WslcStorage> storage_;
    const Surroundings around_;

    mutable std::mutex lock_;
    std::condition_variable changed_;
    Phase phase_ = Phase::Alive;
    VmState vm_state_ = VmState::None;
    std::shared_ptr<WslcVm> vm_;
    bool takes_calls_ = false;  // plugins' calls reach the machine
    int calls_ = 0;
    int activities_ = 0;
    int clients_ = 0;

    std::mutex notification_lock_;
    bool was_told_ = false;  // WslcVmStarted was delivered and WslcVmStopping was not

    BackgroundThreads background_;
};

}  // namespace wslplugins::testhost
