// SPDX-License-Identifier: MIT
/// @file
/// What the calls of all hooks share: a hook runs in the guard, with data that is there.
#pragma once

#include "plugin/guard.hpp"

#include <wslplugins/plugin/hook_thunks.hpp>

#include <utility>

namespace wslplugins::detail {

/// Passes on what a hook returned, whichever of the two results that is.
template <class Result>
PluginResult<> as_plugin_result(Result&& result) {
    if (!result) {
        return propagate(std::move(result.error()));
    }
    return {};
}

/// What the one table, and the plugin's policy, say of the hook.
[[nodiscard]] GuardedCall guarded_call(Hook hook, const LoadedPlugin& loaded) noexcept;

/// Runs a hook in the guard. WSL never passes null; what does, gets E_POINTER instead of a crash.
template <class Body, class... Raws>
abi::HRESULT call_hook(Hook hook, const LoadedPlugin& loaded, Body body, const Raws*... raws) {
    auto checked = [&]() -> PluginResult<> {
        const bool is_complete = ((raws != nullptr) && ...);
        if (!is_complete) {
            return failure(HResult::null_pointer, "WSL passed no data");
        }
        return as_plugin_result(body());
    };
    return guarded(guarded_call(hook, loaded), GuardedBody(checked));
}

}  // namespace wslplugins::detail
