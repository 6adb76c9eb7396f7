// SPDX-License-Identifier: MIT
/// @file
/// `FaultInjector`: lets the faults happen that were asked for. Each is an entry `fault` of the journal.
#pragma once

#include "testhost/faults/fault_list.hpp"
#include "testhost/faults/faulty_sockets.hpp"
#include "testhost/plugins/hook_call.hpp"

#include <condition_variable>
#include <functional>

namespace wslplugins::testhost {

class RunningService;

/// What a call's faults leave to do, once those have happened that come before it is served.
struct CallFaults {
    std::optional<HResult> code;  ///< The answer; the call is not served then.
    std::optional<Fault> socket;  ///< Comes between the plugin and the socket that the call gives.
};

/// Every function may be called from any thread.
class FaultInjector {
public:
    /// The service outlives this.
    FaultInjector(RunningService& service, const std::vector<Fault>& faults);
    FaultInjector(const FaultInjector&) = delete;
    FaultInjector& operator=(const FaultInjector&) = delete;
    ~FaultInjector() { settle(); }

    /// At a call of the plugin whose code runs on this thread. Waits where the call is to be slow.
    /// @param session the one that the call names.
    [[nodiscard]] CallFaults before_call(ApiCall call, std::optional<std::uint32_t> session);

    /// What the plugin gets in place of a socket.
    [[nodiscard]] WinResult<platform::Socket> give(platform::Socket socket,
                                                   const CallFaults& faults);

    /// At a hook, on the thread that is about to call it.
    void before_hook(const HookCall& call, std::string_view plugin);

    /// Waits until the service has noticed the guests that died; those that were to die later live on.
    void settle();

    /// Breaks the connections that it stands between.
    void end() { sockets_.end(); }

private:
    /// A virtual machine that is to die, and how the service learns of it.
    struct Victim {
        std::function<void()> die;
        std::function<void()> notice;
    };
    struct Occasion {
        std::string_view plugin;
        std::optional<std::uint32_t> session;
        bool is_of_containers;
    };

    void note(const Fault& fault, const Occasion& occasion, bool happens = true);
    void kill_guest(const Fault& fault, const Occasion& occasion);
    [[nodiscard]] std::optional<Victim> victim_of(const Occasion& occasion);
    [[nodiscard]] bool wait_unless_settled(std::chrono::milliseconds delay);

    RunningService& service_;
    FaultList faults_;
    FaultySockets sockets_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_settled_ = false;
    BackgroundThreads deaths_;  // last: they use all of the above
};

/// What happens before a hook of the running service.
void inject_before_hook(const HookCall& call, std::string_view plugin);

}  // namespace wslplugins::testhost
