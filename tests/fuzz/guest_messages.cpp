// SPDX-License-Identifier: MIT
#include "fuzz/targets.hpp"

#include "guest/protocol/messages.hpp"

#include <algorithm>

namespace wslplugins::fuzz {
namespace {

namespace protocol = guest::protocol;

template <class Message>
void check(Bytes input, const std::optional<Message>& message) {
    if (message) {
        require(std::ranges::equal(protocol::encode(*message), input),
                "every message has one spelling");
    }
}

template <class... Replies>
void check_replies(Bytes input) {
    (check(input, protocol::decode_reply<Replies>(input)), ...);
}

}  // namespace

void guest_messages(Bytes input) {
    check(input, protocol::decode_hello(input));
    check(input, protocol::decode_control(input));
    check(input, protocol::decode_visit(input));
    check_replies<protocol::Done,
                  protocol::Welcome,
                  protocol::DistributionStarted,
                  protocol::StreamOffered,
                  protocol::ProgramStarted,
                  protocol::ProgramEnded,
                  protocol::KernelLog>(input);
}

}  // namespace wslplugins::fuzz
