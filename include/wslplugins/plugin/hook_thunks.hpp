// SPDX-License-Identifier: MIT
/// @file
/// Internal: how WSL's call of a hook becomes a call of the plugin's method, and which hooks a plugin has.
#pragma once

#include <wslplugins/core/slot_table.hpp>
#include <wslplugins/plugin/plugin.hpp>
#include <wslplugins/plugin/wslc_hook_thunks.hpp>

#include <array>
#include <cstdint>
#include <type_traits>

namespace wslplugins::detail {

/// A plugin that was made, and its context. One for each plugin class, and so one for each DLL.
struct LoadedPlugin {
    const PluginPolicy* policy;
    const Context* context = nullptr;
    Plugin* plugin = nullptr;
};

/// The policy of a plugin class; does not compile where it seems to have one of its own, but has not.
template <class P>
consteval const PluginPolicy* policy_of() {
    constexpr bool can_be_named = requires { &P::policy; };
    static_assert(
        can_be_named,
        "wslplugins: the policy of this plugin class is private or protected. Make it public.");
    if constexpr (can_be_named) {
        constexpr bool is_a_policy = std::is_same_v<decltype(&P::policy), const PluginPolicy*>;
        static_assert(
            is_a_policy,
            "wslplugins: this plugin class has a member named policy that is none. Declare it "
            "static constexpr wslplugins::PluginPolicy policy = ...");
        if constexpr (is_a_policy) {
            static_assert(P::policy.time_budget_of(Hook::OnVMStarted).count() > 0,
                          "wslplugins: the policy of this plugin class must be constexpr.");
            return &P::policy;
        }
    }
    return nullptr;
}

/// Constant-initialised: nothing runs while the DLL is being loaded.
template <class P>
inline constinit LoadedPlugin loaded_plugin{policy_of<P>()};

/// A hook's function pointer, whatever its signature, as it is copied into WSL's table.
using ErasedHook = void (*)();

/// The hooks of a plugin class, by `Hook`; null where the class does not override.
using ErasedHooks = std::array<ErasedHook, hook_slots.size()>;

// One struct for each hook: the method's type, whether `P` lets it be named, and the call behind the guard.
// clang-format off
struct VmStartedHook {
    static constexpr Hook hook = Hook::OnVMStarted;
    using Raw = abi::WSLPluginAPI_OnVMStarted;
    template <class P> using Method = PluginResult<> (P::*)(const Session&, const VmSettings&);
    template <class P> static constexpr bool can_be_named = requires { &P::on_vm_started; };
    template <class P> static consteval auto name() { return &P::on_vm_started; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLSessionInformation* session, const abi::WSLVmCreationSettings* settings) noexcept;
};

struct VmStoppingHook {
    static constexpr Hook hook = Hook::OnVMStopping;
    using Raw = abi::WSLPluginAPI_OnVMStopping;
    template <class P> using Method = WinResult<> (P::*)(const Session&);
    template <class P> static constexpr bool can_be_named = requires { &P::on_vm_stopping; };
    template <class P> static consteval auto name() { return &P::on_vm_stopping; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLSessionInformation* session) noexcept;
};

struct DistributionStartedHook {
    static constexpr Hook hook = Hook::OnDistributionStarted;
    using Raw = abi::WSLPluginAPI_OnDistributionStarted;
    template <class P> using Method = PluginResult<> (P::*)(const Session&, const Distribution&);
    template <class P> static constexpr bool can_be_named = requires { &P::on_distribution_started; };
    template <class P> static consteval auto name() { return &P::on_distribution_started; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLSessionInformation* session, const abi::WSLDistributionInformation* distribution) noexcept;
};

struct DistributionStoppingHook {
    static constexpr Hook hook = Hook::OnDistributionStopping;
    using Raw = abi::WSLPluginAPI_OnDistributionStopping;
    template <class P> using Method = WinResult<> (P::*)(const Session&, const Distribution&);
    template <class P> static constexpr bool can_be_named = requires { &P::on_distribution_stopping; };
    template <class P> static consteval auto name() { return &P::on_distribution_stopping; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLSessionInformation* session, const abi::WSLDistributionInformation* distribution) noexcept;
};

struct DistributionRegisteredHook {
    static constexpr Hook hook = Hook::OnDistributionRegistered;
    using Raw = abi::WSLPluginAPI_OnDistributionRegistered;
    template <class P> using Method = WinResult<> (P::*)(const Session&, const OfflineDistribution&);
    template <class P> static constexpr bool can_be_named = requires { &P::on_distribution_registered; };
    template <class P> static consteval auto name() { return &P::on_distribution_registered; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLSessionInformation* session, const abi::WslOfflineDistributionInformation* distribution) noexcept;
};

struct DistributionUnregisteredHook {
    static constexpr Hook hook = Hook::OnDistributionUnregistered;
    using Raw = abi::WSLPluginAPI_OnDistributionRegistered;
    template <class P> using Method = WinResult<> (P::*)(const Session&, const OfflineDistribution&);
    template <class P> static constexpr bool can_be_named = requires { &P::on_distribution_unregistered; };
    template <class P> static consteval auto name() { return &P::on_distribution_unregistered; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLSessionInformation* session, const abi::WslOfflineDistributionInformation* distribution) noexcept;
};
// clang-format on

/// What WSL calls. It finds the plugin by its class, because WSL passes nothing of the plugin's.
template <class P, class HookCall, class... Args>
abi::HRESULT thunk(Args... args) noexcept {
    return HookCall::call(loaded_plugin<P>, args...);
}

/// Whether `P` overrides the hook; does not compile where it seems to, but WSL would never call it.
template <class HookCall, class P>
consteval bool overrides() {
    constexpr bool can_be_named = HookCall::template can_be_named<P>;
    static_assert(
        can_be_named,
        "wslplugins: a hook of this plugin class is private, protected or overloaded, and WSL "
        "would never call it. Make it one public member function.");
    if constexpr (can_be_named) {
        using Named = decltype(HookCall::template name<P>());
        constexpr bool is_the_hook =
            std::is_convertible_v<Named, typename HookCall::template Method<P>>;
        static_assert(
            is_the_hook,
            "wslplugins: this plugin class has a member with the name of a hook and another "
            "type, and WSL would never call it. Give it the hook's signature and mark it "
            "override.");
        return !std::is_same_v<Named, typename HookCall::template Method<Plugin>>;
    }
    return false;
}

template <class P, class HookCall>
void add_hook(ErasedHooks& hooks) noexcept {
    if constexpr (overrides<HookCall, P>()) {
        const typename HookCall::Raw raw = &thunk<P, HookCall>;
        hooks[static_cast<std::size_t>(HookCall::hook)] = reinterpret_cast<ErasedHook>(raw);
    }
}

template <class... HookCalls>
struct HookCallList {
    template <class P>
    [[nodiscard]] static ErasedHooks hooks_of() noexcept {
        ErasedHooks hooks{};
        (add_hook<P, HookCalls>(hooks), ...);
        return hooks;
    }

    template <class P>
    [[nodiscard]] static consteval std::uint64_t hook_bits_of() {
        return (
            (std::uint64_t{overrides<HookCalls, P>()} << static_cast<unsigned>(HookCalls::hook)) |
            ...);
    }
};

/// Every hook that a plugin class may override.
using AllHookCalls = HookCallList<VmStartedHook,
                                  VmStoppingHook,
                                  DistributionStartedHook,
                                  DistributionStoppingHook,
                                  DistributionRegisteredHook,
                                  DistributionUnregisteredHook,
                                  WslcSessionCreatedHook,
                                  WslcSessionStoppingHook,
                                  ContainerStartedHook,
                                  ContainerStoppingHook,
                                  ImageCreatedHook,
                                  ImageDeletedHook,
                                  WslcVmStartedHook,
                                  WslcVmStoppingHook>;

/// The hooks that `P` overrides.
template <class P>
[[nodiscard]] ErasedHooks hooks_of() noexcept {
    return AllHookCalls::hooks_of<P>();
}

/// The hooks that `P` overrides, as `PluginRecord::hooks` has them.
template <class P>
[[nodiscard]] consteval std::uint64_t hook_bits_of() {
    return AllHookCalls::hook_bits_of<P>();
}

}  // namespace wslplugins::detail
