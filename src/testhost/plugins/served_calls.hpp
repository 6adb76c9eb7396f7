// SPDX-License-Identifier: MIT
/// @file
/// `ServedCalls`: the API calls of a plugin that lives in another process, made here as the plugin would make them.
#pragma once

#include "platform/peer_process.hpp"
#include "pluginhost/protocol/calls.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>

namespace wslplugins::testhost {

/// One thread receives from the process: it calls all of this but `serve_here`.
class ServedCalls {
public:
    /// Both outlive this.
    ServedCalls(std::string_view plugin, platform::PeerChannel& channel);
    ServedCalls(const ServedCalls&) = delete;
    ServedCalls& operator=(const ServedCalls&) = delete;
    ~ServedCalls();

    /// Makes the call on this thread, which runs the plugin's hook, and answers it.
    void serve_here(const pluginhost::protocol::Call& call);

    /// The same on the thread that stands for the caller's, after what was given to it before.
    void serve_on_its_thread(pluginhost::protocol::Call call);
    void run_on_its_thread(std::uint64_t thread, std::function<void()> work);

    void end_thread(std::uint64_t thread);

    /// The process has the handle of that call's answer now.
    void forget_handle(std::uint64_t call);

    /// Waits for the calls under way, and ends the threads.
    void end();

private:
    class Worker;

    const std::string_view plugin_;
    platform::PeerChannel& channel_;
    std::map<std::uint64_t, std::unique_ptr<Worker>> workers_;
    std::mutex mutex_;
    std::map<std::uint64_t, platform::CarriedHandle> sent_handles_;
};

}  // namespace wslplugins::testhost
