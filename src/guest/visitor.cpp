// SPDX-License-Identifier: MIT
#include "guest/visitor.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>

namespace wslplugins::guest {
namespace {

/// What arrives first: the length, then the secret.
constexpr std::size_t head_size = protocol::length_size + sizeof(protocol::Secret);

/// Memory grows with what has arrived, not with what a length promises.
constexpr std::size_t most_at_once = std::size_t{64} * 1024;

}  // namespace

Visitor::Visitor(platform::Socket connection)
    : connection_(std::move(connection)),
      deadline_(std::chrono::steady_clock::now() + protocol::request_deadline) {}

std::size_t Visitor::wanted() const noexcept {
    if (received_.size() < head_size) {
        return head_size - received_.size();
    }
    const auto prefix = std::span(received_).first<protocol::length_size>();
    return protocol::length_size + protocol::framed_length(prefix) - received_.size();
}

bool Visitor::has_trusted_head(const protocol::Secret& secret) const noexcept {
    const std::span<const std::byte> head(received_);
    const std::size_t length = protocol::framed_length(head.first<protocol::length_size>());
    return length > sizeof secret && length <= protocol::max_message_size &&
           protocol::equal_in_constant_time(head.subspan(protocol::length_size, sizeof secret),
                                            secret);
}

Visitor::Progress Visitor::finish() {
    auto visit = protocol::decode_visit(std::span(received_).subspan(protocol::length_size));
    if (!visit) {
        return Progress::Refused;
    }
    request_ = std::move(visit->request);
    return Progress::Complete;
}

Visitor::Progress Visitor::advance(const protocol::Secret& secret) {
    while (true) {
        const std::size_t before = received_.size();
        received_.resize(before + (std::min)(wanted(), most_at_once));
        const ssize_t count = ::recv(
            descriptor(), received_.data() + before, received_.size() - before, MSG_DONTWAIT);
        received_.resize(before + static_cast<std::size_t>((std::max)(count, ssize_t{0})));
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
            return Progress::Incomplete;
        }
        if (count <= 0) {
            return Progress::Refused;
        }
        if (!is_trusted_ && received_.size() == head_size) {
            is_trusted_ = has_trusted_head(secret);
            if (!is_trusted_) {
                return Progress::Refused;
            }
        }
        if (is_trusted_ && wanted() == 0) {
            return finish();
        }
    }
}

}  // namespace wslplugins::guest
