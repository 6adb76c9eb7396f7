// SPDX-License-Identifier: MIT
#include "plugin/call_hook.hpp"

namespace wslplugins::detail {

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

}  // namespace wslplugins::detail
