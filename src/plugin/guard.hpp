// SPDX-License-Identifier: MIT
/// @file
/// The one guard: everything that WSL calls in a plugin runs in it, and only an HRESULT leaves it.
#pragma once

#include <wslplugins/plugin/context.hpp>

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

/// What runs: its name for the log, and whether WSL accepts a message for the user from it.
struct GuardedCall {
    const Context* context;
    std::string_view name;
    bool can_veto;
};

/// Held while anything of the plugin runs. Recursive, because WSL may call a hook inside a plugin's call.
[[nodiscard]] std::recursive_mutex& one_at_a_time() noexcept;

/// Runs the body, alone in this module, and maps whatever it does to a code. A failure is logged. Its message
/// for the user is sent, once and before this returns, where the call can veto; anywhere else WSL would keep
/// it and fail the next plugin. When memory is out, the message is left out and the code stays.
[[nodiscard]] abi::HRESULT guarded(const GuardedCall& call, GuardedBody body) noexcept;

}  // namespace wslplugins::detail
