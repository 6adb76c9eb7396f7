// SPDX-License-Identifier: MIT
#include "testhost/faults/faulty_sockets.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <vector>

namespace wslplugins::testhost {
namespace {

using Clock = std::chrono::steady_clock;
using platform::Awaited;
using platform::Socket;

constexpr std::size_t chunk_size = 16 * 1024;

/// One direction of the connection: what was read and is not sent yet.
struct Direction {
    Socket& from;
    Socket& to;
    std::vector<std::byte> waiting{};
    bool has_ended = false;    ///< Nothing more comes.
    bool is_closed = false;    ///< And the end was passed on.
    Clock::time_point next{};  ///< Nothing is sent before.

    [[nodiscard]] bool wants_input() const { return !has_ended && waiting.size() < chunk_size; }

    void read() {
        std::array<std::byte, chunk_size> chunk;
        const auto count = from.receive(chunk);
        has_ended = !count || *count == 0;
        waiting.insert(waiting.end(),
                       chunk.begin(),
                       chunk.begin() + static_cast<std::ptrdiff_t>(count.value_or(0)));
    }

    /// @return how much; what cannot be sent because the peer has gone is dropped.
    std::size_t write(std::size_t most) {
        const std::size_t size = (std::min)(most, waiting.size());
        const auto sent = to.send_some(std::span(waiting).first(size));
        waiting.erase(waiting.begin(),
                      waiting.begin() + static_cast<std::ptrdiff_t>(sent ? *sent : size));
        return sent.value_or(0);
    }

    void pass_end_on() {
        if (has_ended && waiting.empty() && !is_closed) {
            (void)to.shutdown_send();
            is_closed = true;
        }
    }
};

/// Carries bytes both ways until the fault ends that.
class Relay {
public:
    Relay(Socket plugin, Socket linux_end, const Fault& fault)
        : fault_(fault), plugin_(std::move(plugin)), linux_(std::move(linux_end)) {}

    void run(const Socket& ended) {
        while (!is_over()) {
            to_linux_.pass_end_on();
            to_plugin_.pass_end_on();
            if (to_linux_.is_closed && to_plugin_.is_closed) {
                return;
            }
            if (!move(ended)) {
                plugin_.reset();
                return;
            }
        }
        if (fault_.kind == FaultKind::EndSocket) {
            end_in_order(ended);
        } else {
            plugin_.reset();
        }
    }

private:
    /// A close while the plugin still writes would be a reset to it: what it writes is read until it closes.
    void end_in_order(const Socket& ended) {
        using enum Awaited::For;
        linux_.close();
        (void)plugin_.shutdown_send();
        std::array<std::byte, chunk_size> chunk;
        std::array<Awaited, 2> awaited{{{&ended, Reading, false}, {&plugin_, Reading, false}}};
        while (platform::wait_for_any(awaited, {}) && !awaited[0].is_ready) {
            const auto count = plugin_.receive(chunk);
            if (!count || *count == 0) {
                return;
            }
        }
    }

    [[nodiscard]] bool breaks() const { return fault_.kind != FaultKind::ByteByByte; }
    [[nodiscard]] bool is_over() const { return breaks() && carried_ >= fault_.after_bytes; }

    [[nodiscard]] std::size_t most_at_once() const {
        return breaks() ? static_cast<std::size_t>(
                              (std::min<std::uint64_t>)(fault_.after_bytes - carried_, chunk_size))
                        : 1;
    }

    void send_to_plugin() {
        carried_ += to_plugin_.write(most_at_once());
        to_plugin_.next = Clock::now() + fault_.delay;
    }

    /// Waits for what goes next, and lets it. @return false once everything shall end.
    bool move(const Socket& ended) {
        using enum Awaited::For;
        std::array<Awaited, 5> awaited{{{&ended, Reading, false}}};
        std::size_t count = 1;
        platform::Deadline deadline;
        const auto await = [&](const Socket& socket, Awaited::For what) {
            awaited[count++] = {&socket, what, false};
            return count - 1;
        };
        const std::size_t reads_linux = to_plugin_.wants_input() ? await(linux_, Reading) : 0;
        const std::size_t reads_plugin = to_linux_.wants_input() ? await(plugin_, Reading) : 0;
        const std::size_t writes_linux = to_linux_.waiting.empty() ? 0 : await(linux_, Writing);
        std::size_t writes_plugin = 0;
        if (!to_plugin_.waiting.empty()) {
            if (Clock::now() >= to_plugin_.next) {
                writes_plugin = await(plugin_, Writing);
            } else {
                deadline = to_plugin_.next;
            }
        }
        const auto waited = platform::wait_for_any(std::span(awaited).first(count), deadline);
        if (!waited) {
            return waited.error().code() == HResult::timeout;
        }
        const auto is_ready = [&](std::size_t place) {
            return place != 0 && awaited[place].is_ready;
        };
        if (is_ready(reads_linux)) {
            to_plugin_.read();
        }
        if (is_ready(reads_plugin)) {
            to_linux_.read();
        }
        if (is_ready(writes_linux)) {
            (void)to_linux_.write(chunk_size);
        }
        if (is_ready(writes_plugin)) {
            send_to_plugin();
        }
        return !awaited[0].is_ready;
    }

    const Fault fault_;
    Socket plugin_;
    Socket linux_;
    Direction to_plugin_{linux_, plugin_};
    Direction to_linux_{plugin_, linux_};
    std::uint64_t carried_ = 0;  // to the plugin
};

}  // namespace

WinResult<Socket> FaultySockets::between(Socket linux_end, const Fault& fault) {
    auto pair = platform::connected_pair();
    if (!pair) {
        return propagate(std::move(pair.error()));
    }
    if (const auto set = pair->second.set_blocking(false); !set) {
        return propagate(set.error());
    }
    if (const auto set = linux_end.set_blocking(false); !set) {
        return propagate(set.error());
    }
    const std::scoped_lock lock(mutex_);
    if (!end_.first.is_open()) {
        auto end = platform::connected_pair();
        if (!end) {
            return propagate(std::move(end.error()));
        }
        end_ = std::move(*end);
    }
    const auto relay =
        std::make_shared<Relay>(std::move(pair->second), std::move(linux_end), fault);
    threads_.start([this, relay] { relay->run(end_.second); });
    return std::move(pair->first);
}

void FaultySockets::end() {
    const std::scoped_lock lock(mutex_);
    end_.first.close();
    threads_.join_all();
    end_.second.close();
}

}  // namespace wslplugins::testhost
