// SPDX-License-Identifier: MIT
/// @file
/// `Visitor`: a connection to the guest's port whose request has not arrived as a whole.
#pragma once

#include "guest/protocol/messages.hpp"
#include "platform/socket.hpp"

#include <chrono>
#include <optional>

namespace wslplugins::guest {

/// Collects the request without ever waiting for it, and reads nothing behind it: that is the program's input.
class Visitor {
public:
    explicit Visitor(platform::Socket connection);

    enum class Progress { Incomplete, Complete, Refused };

    /// Reads what has arrived. Refused: the secret is wrong, the request is malformed or too long, or the
    /// connection has ended.
    [[nodiscard]] Progress advance(const protocol::Secret& secret);

    /// The request, after `Complete`.
    [[nodiscard]] protocol::VisitRequest take_request() { return std::move(*request_); }

    [[nodiscard]] platform::Socket take_connection() noexcept { return std::move(connection_); }

    [[nodiscard]] int descriptor() const noexcept { return static_cast<int>(connection_.raw()); }

    /// Whether the secret has arrived and is right.
    [[nodiscard]] bool is_trusted() const noexcept { return is_trusted_; }

    [[nodiscard]] std::chrono::steady_clock::time_point deadline() const noexcept {
        return deadline_;
    }

private:
    [[nodiscard]] std::size_t wanted() const noexcept;
    [[nodiscard]] bool has_trusted_head(const protocol::Secret& secret) const noexcept;
    [[nodiscard]] Progress finish();

    platform::Socket connection_;
    std::chrono::steady_clock::time_point deadline_;
    protocol::Bytes received_;
    std::optional<protocol::VisitRequest> request_;
    bool is_trusted_ = false;
};

}  // namespace wslplugins::guest
