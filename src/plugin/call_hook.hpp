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

/// Runs a hook in the guard, under what the one table and the plugin's policy say of it, and tells who listens
/// to hooks. `session` is null when WSL passed none.
[[nodiscard]] abi::HRESULT run_hook(Hook hook,
                                    const LoadedPlugin& loaded,
                                    GuardedBody body,
                                    const abi::DWORD* session) noexcept;

template <class Session, class... Raws>
[[nodiscard]] const abi::DWORD* session_number(const Session* session, const Raws*...) noexcept {
    return session != nullptr ? &session->SessionId : nullptr;
}

/// Runs a hook. WSL never passes null; what does, gets E_POINTER instead of a crash.
template <class Body, class... Raws>
abi::HRESULT call_hook(Hook hook, const LoadedPlugin& loaded, Body body, const Raws*... raws) {
    auto checked = [&]() -> PluginResult<> {
        const bool is_complete = ((raws != nullptr) && ...);
        if (!is_complete) {
            return failure(HResult::null_pointer, "WSL passed no data");
        }
        return as_plugin_result(body());
    };
    return run_hook(hook, loaded, GuardedBody(checked), session_number(raws...));
}

}  // namespace wslplugins::detail
