// SPDX-License-Identifier: MIT
#include "testhost/user_session.hpp"

#include "testhost/error_collector.hpp"
#include "testhost/host_path.hpp"
#include "testhost/journal_step.hpp"

#include <utility>

namespace wslplugins::testhost {
namespace {

HResult report(const Error& error) {
    return report_error(error.code(),
                        error.text().empty() ? std::nullopt : std::optional(error.text()));
}

std::vector<JournalArgument> id_argument(const Guid& id) {
    return {{"id", to_string(id)}};
}

}  // namespace

WinResult<std::shared_ptr<UserSession>> UserSession::make(std::uint32_t id,
                                                          Surroundings surroundings) {
    auto information = SessionInformation::make(id, surroundings.user.sid);
    auto settings = VmSettingsInformation::make();
    if (!information || !settings) {
        return propagate(information ? settings.error() : information.error());
    }
    return std::shared_ptr<UserSession>(
        new UserSession(std::move(*information), std::move(*settings), surroundings));
}

std::expected<std::shared_ptr<Machine>, HResult>
UserSession::create_instance(const RegisteredDistribution& distribution) {
    const std::scoped_lock lock(instance_lock_);
    const ErrorContextScope context(ErrorContext::CreateInstance);
    if (running_.contains(distribution.id)) {
        return machine_;
    }
    HResult outcome = machine_ == nullptr ? create_vm() : HResult::ok;
    if (outcome.is_success()) {
        outcome = start_distribution(distribution);
    }
    if (outcome.is_failure()) {
        return std::unexpected(outcome);
    }
    return machine_;
}

HResult UserSession::shutdown() {
    const std::scoped_lock lock(instance_lock_);
    while (!running_.empty()) {
        const HResult outcome = terminate(running_.begin());
        if (outcome.is_failure()) {
            return outcome;
        }
    }
    return terminate_vm();
}

void UserSession::stop() {
    const std::scoped_lock lock(instance_lock_);
    while (!running_.empty()) {
        if (terminate(running_.begin()).is_failure()) {
            running_.erase(running_.begin());
        }
    }
    if (terminate_vm().is_failure()) {
        destroy_vm();
    }
}

HResult UserSession::mount_folder(std::string_view windows_path,
                                  std::string_view linux_path,
                                  bool read_only) {
    const std::scoped_lock lock(instance_lock_);
    if (machine_ == nullptr) {
        return HResult::invalid_state;
    }
    const auto folder = host_folder(windows_path);
    if (!folder) {
        // It is the host compute service that finds the folder missing.
        const ErrorContextScope context(ErrorContext::Hcs);
        return report_error(folder.error().code());
    }
    const auto mounted = machine_->mount_folder(*folder, linux_path, read_only);
    return mounted ? HResult::ok : mounted.error().code();
}

std::expected<platform::Socket, HResult> UserSession::execute(const ProgramRequest& request) {
    const std::scoped_lock lock(instance_lock_);
    if (machine_ == nullptr) {
        return std::unexpected(HResult::invalid_state);
    }
    if (request.distribution && !running_.contains(*request.distribution)) {
        return std::unexpected(HResult::distribution_not_running);
    }
    auto started = machine_->execute(request.distribution, request.path, request.arguments);
    if (!started) {
        return std::unexpected(started.error().code());
    }
    return std::move(started->stream);
}

HResult UserSession::create_vm() {
    const ErrorContextScope context(ErrorContext::CreateVm);
    const HResult gate = around_.plugins.check_load_failure();
    if (gate.is_failure()) {
        return gate;
    }
    const auto booted =
        journal_step(around_.journal, service_entry("start-vm"), [&] { return boot(); });
    if (!booted) {
        return report(booted.error());
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
    auto token = platform::AccessToken::of_this_process();
    if (!token) {
        return propagate(token.error());
    }
    auto machine = start_machine(around_.options);
    if (!machine) {
        return propagate(machine.error());
    }
    machine_ = std::move(*machine);
    information_.set_token(std::move(*token));
    return {};
}

HResult UserSession::terminate_vm() {
    if (machine_ == nullptr) {
        return HResult::ok;
    }
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
        around_.journal.add(std::move(entry));
    }
    const std::uint64_t step = around_.journal.begin(service_entry("stop-vm"));
    machine_.reset();
    information_.set_token({});
    around_.journal.end(step, HResult::ok);
}

HResult UserSession::start_distribution(const RegisteredDistribution& distribution) {
    auto started = journal_step(around_.journal,
                                service_entry("start-distribution", id_argument(distribution.id)),
                                [&] { return machine_->start_distribution(distribution.id); });
    if (!started) {
        return report(started.error());
    }
    auto information =
        DistributionInformation::make(around_.options.version, distribution, *started);
    if (!information) {
        stop_in_machine(distribution.id);
        return report(information.error());
    }
    const auto running = running_.emplace(distribution.id, std::move(*information)).first;
    const HResult outcome = around_.plugins.play({Hook::OnDistributionStarted,
                                                  information_.get(),
                                                  running->second.get(),
                                                  running->second.arguments()});
    if (outcome.is_failure()) {
        // No stopping hook: nobody is told that this distribution is gone again.
        running_.erase(running);
        stop_in_machine(distribution.id);
    }
    return outcome;
}

void UserSession::stop_in_machine(const Guid& id) {
    // One that cannot be stopped in order ends with its machine; the journal has the reason.
    (void)journal_step(around_.journal, service_entry("stop-distribution", id_argument(id)), [&] {
        return machine_->stop_distribution(id);
    });
}

HResult UserSession::terminate(Running::iterator distribution) {
    // The stopping hook comes when the distribution's processes are gone already.
    stop_in_machine(distribution->first);
    const HResult outcome = around_.plugins.play({Hook::OnDistributionStopping,
                                                  information_.get(),
                                                  distribution->second.get(),
                                                  distribution->second.arguments()});
    if (outcome.is_success()) {
        running_.erase(distribution);
    }
    return outcome;
}

}  // namespace wslplugins::testhost
