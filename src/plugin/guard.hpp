// SPDX-License-Identifier: MIT
/// @file
/// The one guard: everything that WSL calls in a plugin runs in it, and only an HRESULT leaves it.
#pragma once

#include <wslplugins/plugin/context.hpp>
#include <wslplugins/plugin/plugin_policy.hpp>

#include <cstdint>
#include <mutex>
#include <string_view>

namespace wslplugins::detail {

/// What the guard runs, with its type erased so that the guard is compiled once.
class GuardedBody {
public:
    template <class Body>
    explicit GuardedBody(Body& body) noexcept
        : body_(&body), run_([](void* state) { return (*static_cast<Body*>(state))(); }) {}

    [[nodiscard]] PluginResult<> operator()() const { return run_(body_); }

private:
    void* body_;
    PluginResult<> (*run_)(void*);
};

/// What runs: its name for the log, whether WSL accepts a message for the user from it, and what the plugin's
/// policy says of it.
struct GuardedCall {
    const Context* context;
    std::string_view name;
    bool can_veto = false;
    bool fails_open = false;
    bool parallel = false;
    std::uint32_t time_budget =
        static_cast<std::uint32_t>(PluginPolicy::default_time_budget.count());  ///< Milliseconds.
};

/// Held while anything of the plugin runs, unless its hooks are parallel. Recursive, because WSL may call a hook
/// inside a plugin's call.
[[nodiscard]] std::recursive_mutex& one_at_a_time() noexcept;

/// Runs the body, in its turn, and maps whatever it does to a code. A failure is logged, and is S_OK where the
/// call fails open; so is a call that took longer than its time. A failure's message
/// for the user is sent, once and before this returns, where the call can veto; anywhere else WSL would keep
/// it and fail the next plugin. When memory is out, the message is left out and the code stays.
[[nodiscard]] abi::HRESULT guarded(const GuardedCall& call, GuardedBody body) noexcept;

}  // namespace wslplugins::detail
