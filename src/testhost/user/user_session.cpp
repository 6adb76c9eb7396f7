// SPDX-License-Identifier: MIT
#include "testhost/user/user_session.hpp"

#include "testhost/error_collector.hpp"
#include "testhost/journal/journal_step.hpp"
#include "testhost/machine/host_path.hpp"

#include <utility>

namespace wslplugins::testhost {
namespace {

std::vector<JournalArgument> id_argument(const Guid& id) {
    return {{"id", to_string(id)}};
}

}  // namespace

WinResult<std::shared_ptr<UserSession>> UserSession::make(std::uint32_t id,
                                                          Surroundings surroundings) {
    auto information = SessionInformation::make(id, surroundings.user.sid);
    auto settings = VmSettingsInformation::make({});
    if (!information || !settings) {
        return propagate(information ? settings.error() : information.error());
    }
    return std::shared_ptr<UserSession>(
        new UserSession(std::move(*information), std::move(*settings), surroundings));
}

std::expected<Instance, HResult>
UserSession::create_instance(const RegisteredDistribution& distribution) {
    const std::scoped_lock lock(instance_lock_);
    const ErrorContextScope context(ErrorContext::CreateInstance);
    HResult outcome = ensure_not_locked(distribution.id);
    // Another command may have changed or unregistered it before the lock was free.
    const auto current = user().registry.find(distribution.id);
    if (outcome.is_success() && !current) {
        outcome = report_error(HResult::distribution_not_found);
    }
    if (outcome.is_success() && !running_.contains(distribution.id)) {
        outcome = current->wsl_version == 1 ? start_wsl1(*current) : need_vm();
        if (outcome.is_success() && current->wsl_version == 2) {
            outcome = start_distribution(*current);
        }
    }
    if (outcome.is_failure()) {
        return std::unexpected(outcome);
    }
    const RunningDistribution& running = running_.at(distribution.id);
    return Instance{running.information ? machine_ : wsl1_, running.client};
}

HResult UserSession::mount_folder(std::string_view windows_path,
                                  std::string_view linux_path,
                                  bool read_only) {
    const CallLock lock(instance_lock_);
    if (lock.outcome().is_failure() || machine_ == nullptr) {
        return lock.outcome().is_failure() ? lock.outcome() : HResult::invalid_state;
    }
    const auto folder = machine_->host_folder(windows_path);
    if (!folder) {
        // It is the host compute service that finds the folder missing.
        const ErrorContextScope context(ErrorContext::Hcs);
        return report_error(folder.error().code());
    }
    const auto mounted = machine_->mount_folder(*folder, linux_path, read_only);
    return mounted ? HResult::ok : mounted.error().code();
}

WinResult<platform::Socket> UserSession::execute(const ProgramRequest& request) {
    const CallLock lock(instance_lock_);
    if (lock.outcome().is_failure() || machine_ == nullptr) {
        return failure(lock.outcome().is_failure() ? lock.outcome() : HResult::invalid_state, "");
    }
    if (request.distribution) {
        if (locked_.contains(*request.distribution)) {
            return failure(HResult::illegal_state_change, "");
        }
        const auto running = running_.find(*request.distribution);
        if (running == running_.end() || !running->second.information) {
            return failure(running == running_.end() ? HResult::distribution_not_running
                                                     : HResult::wsl2_needed,
                           "");
        }
    }
    auto started = machine_->execute(request.distribution, request.path, request.arguments);
    if (!started) {
        return propagate(std::move(started.error()));
    }
    return std::move(started->stream);
}

HResult UserSession::attach_disk(std::string_view file) {
    const std::scoped_lock lock(instance_lock_);
    const ErrorContextScope context(ErrorContext::AttachDisk);
    const HResult outcome = need_vm();
    if (outcome.is_success()) {
        if (!is_linux_file(file)) {
            return report_error(HResult::file_not_found);
        }
        disks_.emplace_back(file);
    }
    return outcome;
}

HResult UserSession::detach_disk(std::string_view file) {
    const std::scoped_lock lock(instance_lock_);
    const ErrorContextScope context(ErrorContext::DetachDisk);
    return std::erase(disks_, file) > 0 ? HResult::ok : report_error(HResult::file_not_found);
}

HResult UserSession::ensure_not_locked(const Guid& distribution) const {
    return locked_.contains(distribution) ? report_error(HResult::illegal_state_change)
                                          : HResult::ok;
}

HResult UserSession::need_vm() {
    return machine_ == nullptr ? create_vm() : HResult::ok;
}

HResult UserSession::create_vm() {
    const ErrorContextScope context(ErrorContext::CreateVm);
    const HResult gate = around_.plugins.check_load_failure();
    if (gate.is_failure()) {
        return gate;
    }
    const auto booted = journal_step(journal(), service_entry("start-vm"), [&] { return boot(); });
    if (!booted) {
        const HResult outcome = report_error(booted.error());
        // A machine that boots and then fails is torn down as any other, though no plugin heard of its start.
        (void)terminate_vm();
        return outcome;
    }
    const HResult outcome = around_.plugins.play(
        {Hook::OnVMStarted, information_.get(), settings_.get(), settings_.arguments()});
    if (outcome.is_failure()) {
        // Every plugin is told that the machine stops, also those that never heard of its start. An exception
        // out of that leaves the machine running; the user sees the first failure.
        (void)terminate_vm();
    }
    return outcome;
}

WinResult<> UserSession::boot() {
    auto settings = VmSettingsInformation::make(around_.computer.effective_config(user()));
    if (!settings) {
        return propagate(settings.error());
    }
    settings_ = std::move(*settings);
    auto token = platform::AccessToken::of_this_process();
    if (!token) {
        return propagate(token.error());
    }
    auto machine = start_machine(options());
    if (!machine) {
        return propagate(machine.error());
    }
    set_machine(std::move(*machine));
    information_.set_token(std::move(*token));
    for (const std::string& disk : disks_) {
        if (!is_linux_file(disk)) {
            return failure(HResult::file_not_found,
                           "The disk '" + disk + "' cannot be attached again: it is gone");
        }
    }
    return {};
}

HResult UserSession::terminate_vm() {
    if (machine_ == nullptr) {
        return HResult::ok;
    }
    const Teardown teardown(instance_lock_);
    const HResult outcome = around_.plugins.play({Hook::OnVMStopping, information_.get(), {}, {}});
    if (outcome.is_success()) {
        destroy_vm();
    }
    return outcome;
}

void UserSession::destroy_vm() {
    if (const auto log = machine_->take_kernel_log(); log && !log->empty()) {
        JournalEntry entry;
        entry.kind = JournalKind::KernelLog;
        entry.session = id();
        entry.name = "kernel-log";
        entry.text = *log;
        journal().add(std::move(entry));
    }
    const std::uint64_t step = journal().begin(service_entry("stop-vm"));
    // A command may hold the machine still; what runs in it ends now.
    machine_->stop();
    set_machine(nullptr);
    information_.set_token({});
    journal().end(step, HResult::ok);
}

std::shared_ptr<Machine> UserSession::machine() {
    const std::scoped_lock lock(machine_lock_);
    return machine_;
}

void UserSession::set_machine(std::shared_ptr<Machine> machine) {
    const std::scoped_lock lock(machine_lock_);
    machine_.swap(machine);
}

HResult UserSession::start_distribution(const RegisteredDistribution& distribution) {
    const auto started = journal_step(
        journal(), service_entry("start-distribution", id_argument(distribution.id)), [&] {
            return machine_->start_distribution(
                {distribution.id, distribution.root, distribution.owns_files});
        });
    return started ? on_started(distribution, *started) : report_error(started.error());
}

HResult UserSession::on_started(const RegisteredDistribution& distribution,
                                const StartedDistribution& started) {
    RegisteredDistribution known = distribution;
    known.flavor = started.flavor;
    known.version = started.version;
    user().registry.update(known);
    auto information = DistributionInformation::make(options().version, distribution, started);
    if (!information) {
        stop_in_machine(distribution.id);
        return report_error(information.error());
    }
    const auto running =
        running_
            .emplace(distribution.id,
                     RunningDistribution{std::move(*information), std::make_shared<const char>()})
            .first;
    const DistributionInformation& told = *running->second.information;
    const HResult outcome = around_.plugins.play(
        {Hook::OnDistributionStarted, information_.get(), told.get(), told.arguments()});
    if (outcome.is_failure()) {
        // No stopping hook: nobody is told that this distribution is gone again.
        running_.erase(running);
        stop_in_machine(distribution.id);
    }
    return outcome;
}

HResult UserSession::start_wsl1(const RegisteredDistribution& distribution) {
    const auto started = journal_step(
        journal(), service_entry("start-wsl1", id_argument(distribution.id)), [&]() -> WinResult<> {
            if (wsl1_ == nullptr) {
                auto machine = start_machine(options());
                if (!machine) {
                    return propagate(machine.error());
                }
                wsl1_ = std::move(*machine);
            }
            const auto place = wsl1_->start_distribution(
                {distribution.id, distribution.root, distribution.owns_files});
            return place ? WinResult<>() : propagate(place.error());
        });
    if (!started) {
        return report_error(started.error());
    }
    running_[distribution.id].client = std::make_shared<const char>();
    return HResult::ok;
}

void UserSession::stop_in_machine(const Guid& id) {
    const auto running = running_.find(id);
    const bool is_wsl1 = running != running_.end() && !running->second.information;
    // One that cannot be stopped in order ends with its machine; the journal has the reason.
    (void)journal_step(journal(), service_entry("stop-distribution", id_argument(id)), [&] {
        return (is_wsl1 ? wsl1_ : machine_)->stop_distribution(id);
    });
}

}  // namespace wslplugins::testhost
