// SPDX-License-Identifier: MIT
/// @file
/// `OfferedStreams`: connections that wait to become a stream of a program.
#pragma once

#include "guest/protocol/limits.hpp"
#include "platform/socket.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace wslplugins::guest {

/// Streams are numbered from 1; a number is never used again, and each stream is taken once.
class OfferedStreams {
public:
    /// The number that the next stream gets.
    [[nodiscard]] std::uint64_t next_number() const noexcept { return last_number_ + 1; }

    /// Beyond `max_offered_streams` the oldest is closed.
    void add(platform::Socket connection) {
        waiting_.emplace(++last_number_, std::move(connection));
        if (waiting_.size() > protocol::max_offered_streams) {
            waiting_.erase(waiting_.begin());
        }
    }

    [[nodiscard]] std::optional<platform::Socket> take(std::uint64_t number) {
        auto node = waiting_.extract(number);
        return node.empty() ? std::nullopt : std::optional(std::move(node.mapped()));
    }

    /// Nothing is to come on these yet; one that becomes readable has been closed.
    [[nodiscard]] std::vector<int> descriptors() const {
        std::vector<int> descriptors;
        for (const auto& [number, connection] : waiting_) {
            descriptors.push_back(static_cast<int>(connection.raw()));
        }
        return descriptors;
    }

    void forget(int descriptor) {
        std::erase_if(waiting_, [descriptor](const auto& entry) {
            return static_cast<int>(entry.second.raw()) == descriptor;
        });
    }

private:
    std::uint64_t last_number_ = 0;
    std::map<std::uint64_t, platform::Socket> waiting_;
};

}  // namespace wslplugins::guest
