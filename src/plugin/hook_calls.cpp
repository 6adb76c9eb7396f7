// SPDX-License-Identifier: MIT
#include "plugin/call_hook.hpp"

namespace wslplugins::detail {

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

}  // namespace wslplugins::detail
