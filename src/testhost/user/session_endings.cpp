// SPDX-License-Identifier: MIT
// How what runs in a session comes to its end.
#include "testhost/error_collector.hpp"
#include "testhost/journal/journal_step.hpp"
#include "testhost/user/user_session.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace wslplugins::testhost {

HResult UserSession::terminate(const Guid& distribution) {
    const std::scoped_lock lock(instance_lock_);
    const ErrorContextScope context(ErrorContext::TerminateDistro);
    const HResult outcome = ensure_not_locked(distribution);
    return outcome.is_success() ? terminate_if_running(distribution) : outcome;
}

HResult UserSession::shutdown(bool force) {
    if (const auto running = force ? machine() : nullptr) {
        running->stop();
    }
    const std::scoped_lock lock(instance_lock_);
    while (!running_.empty()) {
        const HResult outcome = terminate(running_.begin());
        if (outcome.is_failure()) {
            return outcome;
        }
    }
    return terminate_vm();
}

void UserSession::stop_idle(IdleTimeout timeout) {
    const std::scoped_lock lock(instance_lock_);
    for (auto distribution = running_.begin(); distribution != running_.end();) {
        const auto next = std::next(distribution);
        stop_if_idle(distribution);
        distribution = next;
    }
    const bool is_empty = locked_.empty() && std::ranges::none_of(running_, [](const auto& entry) {
                              return entry.second.information.has_value();
                          });
    if (timeout == IdleTimeout::VirtualMachine && is_empty &&
        around_.computer.effective_config(user()).vm_stops_when_idle) {
        (void)terminate_vm();
    }
}

void UserSession::stop_if_idle(Running::iterator distribution) {
    if (distribution->second.client.use_count() > 1) {
        return;
    }
    if (distribution->second.has_open_files) {
        // It is asked again when the timeout passes again.
        journal().add(service_entry("refuse-stop", {{"id", to_string(distribution->first)}}));
        return;
    }
    (void)terminate(distribution);
}

bool UserSession::hold_files(const Guid& distribution, bool are_open) {
    const std::scoped_lock lock(instance_lock_);
    const auto running = running_.find(distribution);
    if (running == running_.end()) {
        return false;
    }
    running->second.has_open_files = are_open;
    return true;
}

bool UserSession::is_first_to_tell_of(const std::shared_ptr<Machine>& dead) {
    const std::scoped_lock lock(machine_lock_);
    return std::exchange(told_dead_, dead).lock() != dead;
}

void UserSession::on_machine_crash(const std::shared_ptr<Machine>& dead) {
    const bool is_first = is_first_to_tell_of(dead);
    const std::uint64_t step = is_first ? journal().begin(service_entry("vm-crash")) : 0;
    {
        const std::scoped_lock lock(instance_lock_);
        if (machine_ == dead) {
            stop_all(false);
        }
    }
    if (is_first) {
        journal().end(step, HResult::ok);
    }
}

void UserSession::on_init_end(const Guid& distribution) {
    const std::scoped_lock lock(instance_lock_);
    const auto running = running_.find(distribution);
    if (running != running_.end()) {
        (void)forget(running);
    }
}

void UserSession::stop() {
    if (!instance_lock_.lock_within(options().stop_limit)) {
        journal().add(service_entry("kill-vm"));
        if (const auto running = machine()) {
            running->stop();
        }
        instance_lock_.lock();
    }
    const std::scoped_lock lock(std::adopt_lock, instance_lock_);
    stop_all(true);
}

void UserSession::stop_all(bool with_wsl1) {
    for (auto distribution = running_.begin(); distribution != running_.end();) {
        const auto next = std::next(distribution);
        const bool is_wsl1 = !distribution->second.information;
        if ((with_wsl1 || !is_wsl1) && terminate(distribution).is_failure()) {
            running_.erase(distribution);
        }
        distribution = next;
    }
    if (terminate_vm().is_failure()) {
        destroy_vm();
    }
}

HResult UserSession::terminate(Running::iterator distribution) {
    // The stopping hook comes when the distribution's processes are gone already.
    stop_in_machine(distribution->first);
    return forget(distribution);
}

HResult UserSession::terminate_if_running(const Guid& id) {
    const auto running = running_.find(id);
    return running == running_.end() ? HResult::ok : terminate(running);
}

HResult UserSession::forget(Running::iterator distribution) {
    if (const auto& told = distribution->second.information) {
        const HResult outcome = around_.plugins.play(
            {Hook::OnDistributionStopping, information_.get(), told->get(), told->arguments()});
        if (outcome.is_failure()) {
            return outcome;
        }
    }
    running_.erase(distribution);
    const bool has_wsl1 = std::ranges::any_of(
        running_, [](const auto& entry) { return !entry.second.information.has_value(); });
    if (!has_wsl1 && wsl1_ != nullptr) {
        wsl1_->stop();
        wsl1_ = nullptr;
    }
    return HResult::ok;
}

}  // namespace wslplugins::testhost
