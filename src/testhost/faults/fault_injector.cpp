// SPDX-License-Identifier: MIT
#include "testhost/faults/fault_injector.hpp"

#include "testhost/journal/journal_step.hpp"
#include "testhost/plugins/plugin_context.hpp"
#include "testhost/running_service.hpp"

#include <thread>
#include <utility>

namespace wslplugins::testhost {

FaultInjector::FaultInjector(RunningService& service, const std::vector<Fault>& faults)
    : service_(service), faults_(faults) {}

CallFaults FaultInjector::before_call(ApiCall call, std::optional<std::uint32_t> session) {
    const std::string plugin = current_plugin();
    const Occasion occasion{plugin, session, call >= ApiCall::WSLCMountFolder};
    CallFaults left;
    for (const Fault& fault : faults_.at(call, plugin)) {
        if (fault.kind == FaultKind::GuestDies) {
            kill_guest(fault, occasion);
            continue;
        }
        note(fault, occasion);
        switch (fault.kind) {
            case FaultKind::Slow: std::this_thread::sleep_for(fault.delay); break;
            case FaultKind::Fail: left.code = left.code.value_or(fault.code); break;
            case FaultKind::OutOfMemory:
                left.code = left.code.value_or(HResult::out_of_memory);
                break;
            default: left.socket = left.socket.value_or(fault); break;
        }
    }
    return left;
}

WinResult<platform::Socket> FaultInjector::give(platform::Socket socket, const CallFaults& faults) {
    if (!faults.socket) {
        return socket;
    }
    return sockets_.between(std::move(socket), *faults.socket);
}

void FaultInjector::before_hook(const HookCall& call, std::string_view plugin) {
    for (const Fault& fault : faults_.at(call.hook, plugin)) {
        kill_guest(fault, {plugin, call.session_id(), call.hook >= Hook::OnSessionCreated});
    }
}

void FaultInjector::note(const Fault& fault, const Occasion& occasion, bool happens) {
    JournalEntry entry = service_entry("fault", {{"fault", to_string(fault)}});
    entry.plugin = occasion.plugin;
    entry.session = occasion.session;
    if (!happens) {
        entry.arguments.push_back({"note", "no virtual machine of the session's runs"});
    }
    service_.journal().add(std::move(entry));
}

std::optional<FaultInjector::Victim> FaultInjector::victim_of(const Occasion& occasion) {
    const std::uint32_t id = occasion.session.value_or(0);
    if (occasion.is_of_containers) {
        WslcSessionManager* const sessions = service_.container_sessions();
        const auto session =
            sessions == nullptr ? nullptr : sessions->of_client(id).value_or(nullptr);
        if (session == nullptr || !session->has_vm()) {
            return std::nullopt;
        }
        return Victim{[session] { session->end_machine(); },
                      [session] { (void)session->crash_vm(); }};
    }
    const auto session = service_.find_session(id);
    const auto machine = session == nullptr ? nullptr : session->machine();
    if (machine == nullptr) {
        return std::nullopt;
    }
    return Victim{[machine] { machine->stop(); },
                  [session, machine] { session->on_machine_crash(machine); }};
}

void FaultInjector::kill_guest(const Fault& fault, const Occasion& occasion) {
    const auto victim = victim_of(occasion);
    note(fault, occasion, victim.has_value());
    if (!victim) {
        return;
    }
    const bool is_dead = fault.delay.count() == 0;
    if (is_dead) {
        victim->die();
    }
    // The service notices when the operation under way has let go of the session.
    deaths_.start([this, victim = *victim, is_dead, delay = fault.delay] {
        if (!is_dead) {
            if (!wait_unless_settled(delay)) {
                return;
            }
            victim.die();
        }
        victim.notice();
    });
}

bool FaultInjector::wait_unless_settled(std::chrono::milliseconds delay) {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, delay, [this] { return is_settled_; });
}

void FaultInjector::settle() {
    {
        const std::scoped_lock lock(mutex_);
        is_settled_ = true;
    }
    changed_.notify_all();
    deaths_.join_all();
}

void inject_before_hook(const HookCall& call, std::string_view plugin) {
    if (const auto service = RunningService::current()) {
        service->faults().before_hook(call, plugin);
    }
}

}  // namespace wslplugins::testhost
