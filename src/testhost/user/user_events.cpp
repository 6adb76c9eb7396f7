// SPDX-License-Identifier: MIT
// What happens to a user's WSL without a command.
#include <wslplugins/testhost/user.hpp>

#include "testhost/journal/journal_step.hpp"
#include "testhost/running_service.hpp"
#include "testhost/user/machine_crash.hpp"

#include <functional>

namespace wslplugins::testhost {
namespace {

/// Does the work on a thread of the service's own, with an entry of the journal around it.
void on_service_thread(Journal& journal, JournalEntry entry, const std::function<void()>& work) {
    ServiceThread().run([&] {
        const std::uint64_t step = journal.begin(std::move(entry));
        work();
        journal.end(step, HResult::ok);
    });
}

/// Null where no service runs or the user has no session.
std::shared_ptr<UserSession> session_of(const Computer& computer, std::string_view user) {
    const auto service = computer.service();
    return service == nullptr ? nullptr : service->existing_session_of(user);
}

bool hold_files(Computer& computer,
                std::string_view user,
                std::string_view distribution,
                bool are_open) {
    const auto session = session_of(computer, user);
    const auto found = computer.user(user).registry.find(distribution);
    return session != nullptr && found && session->hold_files(found->id, are_open);
}

}  // namespace

void User::let_idle_time_pass(IdleTimeout timeout) const {
    if (const auto session = session_of(*computer_, name_)) {
        notice_crash(*session);
        const char* const name = timeout == IdleTimeout::Distribution ? "distribution" : "vm";
        on_service_thread(computer_->journal(), service_entry("idle-timeout", {{"of", name}}), [&] {
            session->stop_idle(timeout);
        });
    }
}

void User::crash_machine() const {
    const auto session = session_of(*computer_, name_);
    const auto machine = session == nullptr ? nullptr : session->machine();
    if (machine != nullptr) {
        machine->stop();
        tell_of_crash(*session, machine);
    }
}

void User::crash_machine_unnoticed() const {
    const auto session = session_of(*computer_, name_);
    if (const auto machine = session == nullptr ? nullptr : session->machine()) {
        machine->stop();
    }
}

bool User::open_files(std::string_view distribution) const {
    return hold_files(*computer_, name_, distribution, true);
}

bool User::close_files(std::string_view distribution) const {
    return hold_files(*computer_, name_, distribution, false);
}

void User::end_init(std::string_view distribution) const {
    const auto session = session_of(*computer_, name_);
    const auto machine = session == nullptr ? nullptr : session->machine();
    const auto found = computer_->user(name_).registry.find(distribution);
    if (machine != nullptr && found && machine->stop_distribution(found->id)) {
        on_service_thread(computer_->journal(),
                          service_entry("init-end", {{"id", to_string(found->id)}}),
                          [&] { session->on_init_end(found->id); });
    }
}

void User::log_off() const {
    if (const auto service = computer_->service()) {
        service->log_off(name_);
    }
}

}  // namespace wslplugins::testhost
