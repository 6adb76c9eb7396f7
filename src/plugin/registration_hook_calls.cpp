// SPDX-License-Identifier: MIT
#include "plugin/call_hook.hpp"

namespace wslplugins::detail {

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
