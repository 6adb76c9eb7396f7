// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_session.hpp"

#include "testhost/journal/journal_step.hpp"
#include "testhost/wslc/wslc_storage.hpp"

#include <wslplugins/core/slot_table.hpp>
#include <wslplugins/testhost/service.hpp>

#include <utility>

namespace wslplugins::testhost {

WslcSession::WslcSession(WslcSessionFacts facts,
                         std::shared_ptr<WslcStorage> storage,
                         Surroundings surroundings) noexcept
    : facts_(std::move(facts)), storage_(std::move(storage)), around_(surroundings) {}

bool WslcSession::can_be_found() const {
    const std::scoped_lock lock(lock_);
    return phase_ == Phase::Alive || phase_ == Phase::Terminating;
}

bool WslcSession::is_alive() const {
    const std::scoped_lock lock(lock_);
    return phase_ == Phase::Alive;
}

WslcSession::Activity::~Activity() {
    if (session_ != nullptr) {
        session_->end_operation();
    }
}

WslcSession::Activity WslcSession::Activity::share() const {
    const std::scoped_lock lock(session_->lock_);
    ++session_->activities_;
    return {*session_, vm_};
}

WinResult<WslcSession::Activity> WslcSession::begin_operation() {
    std::unique_lock lock(lock_);
    changed_.wait(lock, [this] {
        return phase_ != Phase::Alive || vm_state_ == VmState::None ||
               vm_state_ == VmState::Running;
    });
    if (phase_ != Phase::Alive) {
        return failure(phase_ == Phase::Terminating ? HResult::aborted
                                                    : HResult::container_session_not_found,
                       {});
    }
    if (vm_state_ == VmState::Running) {
        ++activities_;
        return Activity(*this, vm_);
    }
    vm_state_ = VmState::Booting;
    lock.unlock();
    auto vm = boot();
    if (!vm) {
        return propagate(std::move(vm.error()));
    }
    // Others go on from here; this one waits for the hook.
    Activity activity(*this, *vm);
    notify_started(*vm);
    return activity;
}

WinResult<std::shared_ptr<WslcVm>> WslcSession::boot() {
    auto vm = journal_step(around_.journal, service_entry("start-container-vm"), [&] {
        return WslcVm::start(around_.options);
    });
    const std::scoped_lock lock(lock_);
    const bool is_wanted = vm && phase_ == Phase::Alive;
    vm_state_ = is_wanted ? VmState::Running : VmState::None;
    if (is_wanted) {
        vm_ = *vm;
        takes_calls_ = true;
        ++activities_;
    }
    changed_.notify_all();
    if (vm && !is_wanted) {
        return failure(HResult::aborted, {});
    }
    return vm;
}

void WslcSession::end_operation() {
    const std::scoped_lock lock(lock_);
    --activities_;
}

void WslcSession::notify_started(const std::shared_ptr<WslcVm>& vm) {
    const std::scoped_lock notification(notification_lock_);
    {
        const std::scoped_lock lock(lock_);
        if (phase_ != Phase::Alive || vm_ != vm) {
            return;
        }
    }
    was_told_ = true;
    // The hook cannot stop the machine; the journal has its code.
    (void)around_.notifier.tell(Hook::WslcVmStarted, facts_);
}

void WslcSession::notify_stopping() {
    const std::scoped_lock notification(notification_lock_);
    if (std::exchange(was_told_, false)) {
        (void)around_.notifier.tell(Hook::WslcVmStopping, facts_);
    }
}

bool WslcSession::let_idle_time_pass() {
    {
        const std::scoped_lock lock(lock_);
        const bool is_idle = activities_ == 0 && calls_ == 0;
        if (phase_ != Phase::Alive || vm_state_ != VmState::Running || !is_idle ||
            !storage_->is_persistent() ||
            around_.options.version < slot_of(Hook::WslcVmStopping).slot_since) {
            return false;
        }
        vm_state_ = VmState::Stopping;
    }
    notify_stopping();
    std::shared_ptr<WslcVm> vm;
    {
        // Calls that came before are served; from here on there is no machine.
        std::unique_lock lock(lock_);
        takes_calls_ = false;
        changed_.wait(lock, [this] { return calls_ == 0; });
        vm = std::move(vm_);
    }
    stop_vm(*vm);
    {
        const std::scoped_lock lock(lock_);
        vm_state_ = VmState::None;
    }
    changed_.notify_all();
    return true;
}

void WslcSession::stop_vm(WslcVm& vm) {
    if (const auto log = vm.machine().take_kernel_log(); log && !log->empty()) {
        JournalEntry entry;
        entry.kind = JournalKind::KernelLog;
        entry.session = facts_.id;
        entry.name = "kernel-log";
        entry.text = *log;
        around_.journal.add(std::move(entry));
    }
    const std::uint64_t step = around_.journal.begin(service_entry("stop-container-vm"));
    vm.stop();
    background_.join_all();
    around_.journal.end(step, HResult::ok);
}

bool WslcSession::begin_end(Phase phase) {
    std::unique_lock lock(lock_);
    if (phase_ == Phase::Alive) {
        phase_ = phase;
        changed_.notify_all();
        // A machine that starts or stops is waited for.
        changed_.wait(
            lock, [this] { return vm_state_ == VmState::None || vm_state_ == VmState::Running; });
        return true;
    }
    changed_.wait(lock,
                  [this] { return phase_ == Phase::Ended || phase_ == Phase::ProcessKilled; });
    return false;
}

void WslcSession::finish_end(Phase phase) {
    std::shared_ptr<WslcVm> vm;
    {
        const std::scoped_lock lock(lock_);
        vm = vm_;
    }
    if (vm != nullptr) {
        stop_vm(*vm);
    }
    {
        const std::scoped_lock lock(lock_);
        vm_.reset();
        vm_state_ = VmState::None;
        takes_calls_ = false;
        phase_ = phase;
    }
    changed_.notify_all();
}

void WslcSession::terminate() {
    if (begin_end(Phase::Terminating)) {
        notify_stopping();
        finish_end(Phase::Ended);
    }
}

void WslcSession::add_client() {
    const std::scoped_lock lock(lock_);
    ++clients_;
}

void WslcSession::release_client() {
    {
        const std::scoped_lock lock(lock_);
        if (clients_ == 0 || --clients_ > 0) {
            return;
        }
    }
    if (begin_end(Phase::Released)) {
        notify_stopping();
        finish_end(Phase::Ended);
    }
}

WinResult<> WslcSession::crash_vm() {
    std::shared_ptr<WslcVm> vm;
    {
        const std::scoped_lock lock(lock_);
        vm = vm_;
    }
    if (vm == nullptr) {
        return failure(HResult::container_vm_not_running, "The session has no virtual machine");
    }
    if (begin_end(Phase::Terminating)) {
        vm->machine().stop();
        notify_stopping();
        finish_end(Phase::Ended);
    }
    return {};
}

bool WslcSession::has_vm() const {
    const std::scoped_lock lock(lock_);
    return vm_ != nullptr;
}

void WslcSession::end_machine() {
    std::shared_ptr<WslcVm> vm;
    {
        const std::scoped_lock lock(lock_);
        vm = vm_;
    }
    if (vm != nullptr) {
        vm->machine().stop();
    }
}

void WslcSession::kill_process() {
    if (!begin_end(Phase::ProcessKilled)) {
        return;
    }
    {
        const std::scoped_lock lock(lock_);
        if (vm_ != nullptr) {
            vm_->lose_server();
        }
    }
    finish_end(Phase::ProcessKilled);
}

}  // namespace wslplugins::testhost
