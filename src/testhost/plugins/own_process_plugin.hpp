// SPDX-License-Identifier: MIT
/// @file
/// `OwnProcessPlugin`: a plugin that has a process to itself, as a coming WSL may run plugins.
///
/// Its hooks are called one at a time. The service's thread that called one serves the calls of the hook's own thread
/// meanwhile, and lends its locks to the threads here that serve the plugin's other threads, one for each. When the
/// process ends, the hook under way gets no answer, and no later one is called.
#pragma once

#include "platform/peer_process.hpp"
#include "pluginhost/protocol/calls.hpp"
#include "testhost/plugins/hosted_plugin.hpp"
#include "testhost/plugins/served_calls.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace wslplugins::testhost {

class OwnProcessPlugin final : public HostedPlugin {
public:
    struct Settings {
        std::string program;  ///< What `find_plugin_host_program` found.
        Version version;
        Journal& journal;
    };

    /// Starts the process.
    [[nodiscard]] static WinResult<std::unique_ptr<HostedPlugin>> start(const std::string& name,
                                                                        const Settings& settings);
    ~OwnProcessPlugin() override;

    [[nodiscard]] WinResult<> link(const LinkedPlugin& plugin) override;
    [[nodiscard]] WinResult<> load_library(const std::string& path) override;
    [[nodiscard]] WinResult<> find_entry_point() override;
    [[nodiscard]] PluginAnswer call_entry_point() override;
    [[nodiscard]] bool has(Hook hook) const noexcept override;
    [[nodiscard]] PluginAnswer call(const HookCall& hook_call) override;
    [[nodiscard]] const void* code() const noexcept override { return nullptr; }
    [[nodiscard]] bool take_late_write() override { return false; }
    [[nodiscard]] std::vector<JournalArgument> whereabouts() const override {
        return {{"process", std::to_string(process_.pid()), true}};
    }
    [[nodiscard]] bool is_lost() const noexcept override { return is_lost_; }
    bool unload() override;

private:
    /// What arrives for the thread that waits for an answer; none: the process has ended.
    using Arrival = std::optional<pluginhost::protocol::ToService>;

    OwnProcessPlugin(const std::string& name,
                     const Settings& settings,
                     platform::PeerProcess process);

    [[nodiscard]] PluginAnswer ask(const pluginhost::protocol::ToProcess& request,
                                   std::span<const platform::HandleToCarry> handles = {});
    [[nodiscard]] PluginAnswer wait_for_answer();
    [[nodiscard]] Arrival next_arrival();
    [[nodiscard]] static WinResult<> result_of(const PluginAnswer& answer);

    void read();
    void sort(pluginhost::protocol::ToService message);
    void note_debug_output(const pluginhost::protocol::DebugOutput& output);
    void end_reading();

    const Settings settings_;
    platform::PeerProcess process_;
    std::atomic<std::uint32_t> hooks_ = 0;  // bit n: the hook of that place is installed
    std::recursive_mutex turn_;             // held by the thread whose request is under way
    std::mutex mutex_;                      // guards what follows it
    std::condition_variable arrived_;
    std::deque<Arrival> arrivals_;
    int requests_ = 0;  // under way, one inside the other
    std::atomic<bool> is_lost_ = false;
    std::atomic<bool> is_unloading_ = false;
    ServedCalls calls_;
    std::thread reader_;  // last: it uses all of this
};

}  // namespace wslplugins::testhost
