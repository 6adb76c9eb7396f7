// SPDX-License-Identifier: MIT
/// @file
/// `make_call`: an API call that has travelled, made with the pointers that the plugin had.
#pragma once

#include "platform/peer_process.hpp"
#include "pluginhost/protocol/calls.hpp"

#include <optional>

namespace wslplugins::testhost {

struct MadeCall {
    pluginhost::protocol::CallAnswer answer;
    std::optional<platform::CarriedHandle> handle;
};

[[nodiscard]] MadeCall make_call(const pluginhost::protocol::Call& call);

}  // namespace wslplugins::testhost
