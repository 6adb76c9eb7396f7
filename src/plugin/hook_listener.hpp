// SPDX-License-Identifier: MIT
/// @file
/// `HookListener`: who is told after each hook, and how a context keeps it.
#pragma once

#include <wslplugins/core/slot_table.hpp>
#include <wslplugins/plugin/context.hpp>

namespace wslplugins::detail {

/// What the code of every hook knows of the background work. A plugin without queues has none, and carries no code for them.
class HookListener {
public:
    HookListener() = default;
    HookListener(const HookListener&) = delete;
    HookListener& operator=(const HookListener&) = delete;
    virtual ~HookListener() = default;

    /// The hook of this session has returned, and the plugin may run another.
    virtual void after_hook(Hook hook, abi::DWORD session) noexcept = 0;

    /// Ends the work in the background, as far as it lets itself be ended. @return whether none runs any more.
    [[nodiscard]] virtual bool settle() noexcept = 0;
};

/// What of a context is the framework's own.
struct ContextInternals {
    /// Null when nobody listens.
    [[nodiscard]] static HookListener* listener(const Context& context) noexcept {
        return context.listener_.load(std::memory_order_acquire);
    }
    static void set_listener(const Context& context, HookListener* listener) noexcept {
        context.listener_.store(listener, std::memory_order_release);
    }
    [[nodiscard]] static StoppingHooks& stopping_hooks(const Context& context) noexcept {
        return context.stopping_hooks_;
    }
};

}  // namespace wslplugins::detail
