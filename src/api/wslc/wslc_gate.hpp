// SPDX-License-Identifier: MIT
/// @file
/// Whether the running WSL's table has the container calls for the framework.
#pragma once

#include "api/gated_field.hpp"

namespace wslplugins::detail {

/// WSL_E_PLUGIN_REQUIRES_UPDATE where `call` is not to be touched: where the table ends before it, and from
/// 2.8.7 to 2.8.12, whose table has something in the place, in part with another signature.
[[nodiscard]] inline WinResult<>
require_call(ApiCall call, std::string_view what, const Version& running) {
    const Version since = slot_of(call).since;
    if (running < since) {
        return requires_update(what, since, running);
    }
    return {};
}

}  // namespace wslplugins::detail
