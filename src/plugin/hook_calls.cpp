// SPDX-License-Identifier: MIT
#include "plugin/guard.hpp"

#include <wslplugins/plugin/hook_thunks.hpp>

namespace wslplugins::detail {
namespace {

/// Passes on what a hook returned, whichever of the two results that is.
template <class Result>
PluginResult<> as_plugin_result(Result&& result) {
    if (!result) {
        return propagate(std::move(result.error()));
    }
    return {};
}

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
    const HookSlot& slot = slot_of(hook);
    return guarded({loaded.context, slot.name, slot.can_veto}, GuardedBody(checked));
}

}  // namespace

abi::HRESULT VmStartedHook::call(const LoadedPlugin& loaded,
                                 const abi::WSLSessionInformation* session,
                                 const abi::WSLVmCreationSettings* settings) noexcept {
    const auto body = [&] {
        return loaded.plugin->on_vm_started(Session(session), VmSettings(settings));
    };
    return call_hook(hook, loaded, body, session, settings);
}

abi::HRESULT VmStoppingHook::call(const LoadedPlugin& loaded,
                                  const abi::WSLSessionInformation* session) noexcept {
    const auto body = [&] { return loaded.plugin->on_vm_stopping(Session(session)); };
    return call_hook(hook, loaded, body, session);
}

abi::HRESULT
DistributionStartedHook::call(const LoadedPlugin& loaded,
                              const abi::WSLSessionInformation* session,
                              const abi::WSLDistributionInformation* distribution) noexcept {
    const auto body = [&] {
        return loaded.plugin->on_distribution_started(
            Session(session), Distribution(distribution, loaded.context->api().version()));
    };
    return call_hook(hook, loaded, body, session, distribution);
}

abi::HRESULT
DistributionStoppingHook::call(const LoadedPlugin& loaded,
                               const abi::WSLSessionInformation* session,
                               const abi::WSLDistributionInformation* distribution) noexcept {
    const auto body = [&] {
        return loaded.plugin->on_distribution_stopping(
            Session(session), Distribution(distribution, loaded.context->api().version()));
    };
    return call_hook(hook, loaded, body, session, distribution);
}

abi::HRESULT DistributionRegisteredHook::call(
    const LoadedPlugin& loaded,
    const abi::WSLSessionInformation* session,
    const abi::WslOfflineDistributionInformation* distribution) noexcept {
    const auto body = [&] {
        return loaded.plugin->on_distribution_registered(
            Session(session), OfflineDistribution(distribution, loaded.context->api().version()));
    };
    return call_hook(hook, loaded, body, session, distribution);
}

abi::HRESULT DistributionUnregisteredHook::call(
    const LoadedPlugin& loaded,
    const abi::WSLSessionInformation* session,
    const abi::WslOfflineDistributionInformation* distribution) noexcept {
    const auto body = [&] {
        return loaded.plugin->on_distribution_unregistered(
            Session(session), OfflineDistribution(distribution, loaded.context->api().version()));
    };
    return call_hook(hook, loaded, body, session, distribution);
}

}  // namespace wslplugins::detail
