// SPDX-License-Identifier: MIT
/// @file
/// `hook_message`: a hook call as it travels to a plugin's own process.
#pragma once

#include "platform/peer_process.hpp"
#include "pluginhost/protocol/messages.hpp"
#include "testhost/plugins/hook_call.hpp"

namespace wslplugins::testhost {

struct HookMessage {
    pluginhost::protocol::ToProcess request;
    std::vector<platform::HandleToCarry> handles;  ///< The session's token, where it has one.
};

/// Reads the call's structs as far as that version's reach.
[[nodiscard]] HookMessage hook_message(const HookCall& call, const Version& version);

}  // namespace wslplugins::testhost
