// SPDX-License-Identifier: MIT
#include "plugin/call_hook.hpp"

#include "plugin/hook_listener.hpp"

namespace wslplugins::detail {
namespace {

GuardedCall guarded_call(Hook hook, const LoadedPlugin& loaded) noexcept {
    const HookSlot& slot = slot_of(hook);
    const PluginPolicy& policy = *loaded.policy;
    return {loaded.context,
            slot.name,
            slot.can_veto,
            policy.fails_open(hook),
            policy.has_parallel_hooks(),
            static_cast<std::uint32_t>(policy.time_budget_of(hook).count())};
}

}  // namespace

abi::HRESULT run_hook(Hook hook,
                      const LoadedPlugin& loaded,
                      GuardedBody body,
                      const abi::DWORD* session) noexcept {
    const abi::HRESULT code = guarded(guarded_call(hook, loaded), body);
    HookListener* const listener = ContextInternals::listener(*loaded.context);
    if (listener != nullptr && session != nullptr) {
        listener->after_hook(hook, *session);
    }
    return code;
}

}  // namespace wslplugins::detail
