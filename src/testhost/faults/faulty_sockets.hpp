// SPDX-License-Identifier: MIT
/// @file
/// `FaultySockets`: connections between a plugin and Linux that do not carry everything as they should.
#pragma once

#include "platform/socket.hpp"
#include "testhost/background_threads.hpp"

#include <wslplugins/testhost/fault.hpp>

#include <mutex>
#include <optional>

namespace wslplugins::testhost {

class FaultySockets {
public:
    FaultySockets() = default;
    FaultySockets(const FaultySockets&) = delete;
    FaultySockets& operator=(const FaultySockets&) = delete;
    ~FaultySockets() { end(); }

    /// Puts itself between the plugin and `linux_end`, on a thread of its own. @return what the plugin gets.
    [[nodiscard]] WinResult<platform::Socket> between(platform::Socket linux_end,
                                                      const Fault& fault);

    /// Breaks all connections, and waits for the threads.
    void end();

private:
    std::mutex mutex_;
    platform::SocketPair
        end_;  // made with the first connection; its first end is closed to end all
    BackgroundThreads threads_;
};

}  // namespace wslplugins::testhost
