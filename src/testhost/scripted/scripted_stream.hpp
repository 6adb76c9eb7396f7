// SPDX-License-Identifier: MIT
/// @file
/// `ScriptedStream`: the Linux end of a connection, and the moving of what waits in several of them.
#pragma once

#include "platform/socket.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace wslplugins::testhost {

/// Reads whatever comes, so that the peer can always write, and sends as fast as the peer reads.
class ScriptedStream {
public:
    explicit ScriptedStream(platform::Socket socket);

    /// Queues it; nothing where the peer has gone.
    void send(std::string_view bytes);

    /// The peer reads the end, once everything queued has been sent.
    void end_output();

    [[nodiscard]] bool has_sent() const noexcept { return sent_ == queued_.size(); }
    [[nodiscard]] bool input_has_ended() const noexcept { return input_has_ended_; }
    [[nodiscard]] const std::string& received() const noexcept { return received_; }

    /// From here on what comes is read and dropped.
    void ignore_input() noexcept { ignores_input_ = true; }

private:
    friend bool move_until(std::span<ScriptedStream* const> streams,
                           const platform::Socket& ended,
                           const std::function<bool()>& done);

    void read();
    void write();

    platform::Socket socket_;
    std::string queued_;
    std::size_t sent_ = 0;
    std::string received_;
    bool input_has_ended_ = false;
    bool ignores_input_ = false;
    bool output_ends_ = false;
};

/// Moves bytes, both ways, until `done` says so. @return false when `ended` could be read before: nothing of this shall
/// run any more. Four streams at most, one of which sends nothing.
[[nodiscard]] bool move_until(std::span<ScriptedStream* const> streams,
                              const platform::Socket& ended,
                              const std::function<bool()>& done);

}  // namespace wslplugins::testhost
