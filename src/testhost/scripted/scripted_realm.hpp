// SPDX-License-Identifier: MIT
/// @file
/// `ScriptedRealm`: the programs of one PID namespace on the scripted Linux side.
#pragma once

#include "testhost/machine/machine.hpp"
#include "testhost/scripted/scripted_stream.hpp"

#include <atomic>
#include <functional>
#include <future>
#include <list>
#include <map>
#include <mutex>
#include <thread>

namespace wslplugins::testhost {

/// What the realm lets a program do: serve its connection. @return the exit code; none where it was ended by `ended`.
using ScriptedWork =
    std::function<std::optional<int>(ScriptedStream& stream, const platform::Socket& ended)>;

/// Its destructor ends what runs in it, and waits for it.
class ScriptedRealm {
public:
    ScriptedRealm() = default;
    ScriptedRealm(const ScriptedRealm&) = delete;
    ScriptedRealm& operator=(const ScriptedRealm&) = delete;
    ~ScriptedRealm();

    struct Started {
        platform::Socket stream;  ///< The plugin's end.
        std::shared_future<int> exit_code;
    };

    /// Serves a new connection on a thread of its own.
    [[nodiscard]] WinResult<Started> start(ScriptedWork work);

    /// Sends what fits at once, and ends: for a peer that sends nothing. None where it does not fit.
    [[nodiscard]] static std::optional<platform::Socket> answered(std::string_view output);

    /// Keeps a new connection until it is taken; its first line says under which number.
    [[nodiscard]] WinResult<platform::Socket> start_relay();

    /// The connection that was kept under that number; none after it was taken.
    [[nodiscard]] std::optional<ScriptedStream> take_relay(std::string_view number);

private:
    struct Running {
        std::atomic<bool> has_ended = false;
        std::thread thread;
    };

    [[nodiscard]] WinResult<> open();
    void join_ended();

    std::mutex mutex_;
    platform::SocketPair end_;  // made with the first program; its first end is closed to end all
    std::list<Running> running_;
    std::map<std::string, platform::Socket, std::less<>> relays_;
    std::uint32_t next_relay_ = 301;  // a process number
};

}  // namespace wslplugins::testhost
