// SPDX-License-Identifier: MIT
/// @file
/// `PluginProcess`: the one plugin of this process, and the service that it is hosted for.
#pragma once

#include "platform/debug_output.hpp"
#include "platform/peer_process.hpp"
#include "pluginhost/protocol/calls.hpp"
#include "testhost/plugins/in_process_plugin.hpp"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>

namespace wslplugins::pluginhost {

/// What came back from the service for an API call. Without one the service is gone, and so is this process soon.
struct CallOutcome {
    protocol::CallAnswer answer;
    std::optional<platform::CarriedHandle> handle;
};

/// The thread that runs `serve` runs the plugin: its loading, its hooks, one at a time. API calls arrive from any
/// thread of the plugin. When the service's end of the connection closes, the process ends at once, whatever it does.
class PluginProcess final : public platform::DebugOutputListener {
public:
    /// Takes the service's first message. @return why this is no conversation with a service of the same build.
    [[nodiscard]] static WinResult<PluginProcess*>
    meet(std::unique_ptr<platform::PeerChannel> channel);

    /// The one of this process. It is never destroyed: the plugin's threads may outlive everything else.
    [[nodiscard]] static PluginProcess& only() noexcept;

    /// Does what the service asks, until the plugin is unloaded.
    void serve();

    /// An API call of the calling thread, on its way to the service and back.
    [[nodiscard]] CallOutcome call(protocol::Request request);

    /// The handle that came with that call's answer has been taken.
    void handle_taken(std::uint64_t call);

    void thread_ended(std::uint64_t thread) noexcept;
    void on_debug_output(std::string_view text) noexcept override;

private:
    struct Arrival {
        protocol::ToProcess message;
        std::vector<platform::CarriedHandle> handles;
    };

    PluginProcess(std::unique_ptr<platform::PeerChannel> channel,
                  Version version,
                  platform::GuardedMemory api_table);

    void read() noexcept;
    void sort(Arrival arrival);
    [[nodiscard]] Arrival next_for_hook_thread();
    [[nodiscard]] CallOutcome wait_on_hook_thread(std::uint64_t call);
    [[nodiscard]] CallOutcome wait_on_other_thread(std::uint64_t call);
    void obey(Arrival& arrival);
    [[nodiscard]] protocol::Done done(Arrival& arrival);
    void say(const protocol::ToService& message);

    const std::unique_ptr<platform::PeerChannel> channel_;
    const Version version_;
    const platform::GuardedMemory api_table_;
    testhost::InProcessPlugin plugin_;
    bool is_unloaded_ = false;
    std::mutex mutex_;  // guards what follows it
    std::condition_variable arrived_;
    std::deque<Arrival> for_hook_thread_;
    std::map<std::uint64_t, std::uint64_t> callers_;  // the thread of each call under way
    std::map<std::uint64_t, Arrival> answers_;        // for the other threads, by call
    std::uint64_t last_call_ = 0;
};

}  // namespace wslplugins::pluginhost
