// SPDX-License-Identifier: MIT
// How what runs in a session comes to its end.
#include "testhost/error_collector.hpp"
#include "testhost/user/user_session.hpp"

#include <algorithm>
#include <iterator>

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
        if (distribution->second.client.use_count() == 1) {
            (void)terminate(distribution);
        }
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

void UserSession::on_machine_crash(const std::shared_ptr<Machine>& dead) {
    const std::scoped_lock lock(instance_lock_);
    if (machine_ == dead && dead != nullptr) {
        stop_all(false);
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
    const std::scoped_lock lock(instance_lock_);
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
