// SPDX-License-Identifier: MIT
#include "fuzz/targets.hpp"

#include "pluginhost/protocol/calls.hpp"

#include <algorithm>

namespace wslplugins::fuzz {

void plugin_messages(Bytes input) {
    namespace protocol = pluginhost::protocol;
    if (const auto message = protocol::decode_to_process(input)) {
        require(std::ranges::equal(protocol::encode(*message), input),
                "every message to a plugin's process has one spelling");
    }
    if (const auto message = protocol::decode_to_service(input)) {
        require(std::ranges::equal(protocol::encode(*message), input),
                "every message from a plugin's process has one spelling");
    }
}

}  // namespace wslplugins::fuzz
