// SPDX-License-Identifier: MIT
/// @file
/// Internal: how WSL's calls of the container hooks become calls of the plugin's methods.
#pragma once

#include <wslplugins/core/slot_table.hpp>
#include <wslplugins/plugin/plugin.hpp>

namespace wslplugins::detail {

struct LoadedPlugin;

// One struct for each hook, as in hook_thunks.hpp.
// clang-format off
struct WslcSessionCreatedHook {
    static constexpr Hook hook = Hook::OnSessionCreated;
    using Raw = abi::WSLPluginAPI_OnSessionCreated;
    template <class P> using Method = PluginResult<> (P::*)(const WslcSession&);
    template <class P> static constexpr bool can_be_named = requires { &P::on_wslc_session_created; };
    template <class P> static consteval auto name() { return &P::on_wslc_session_created; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLCSessionInformation* session) noexcept;
};

struct WslcSessionStoppingHook {
    static constexpr Hook hook = Hook::OnSessionStopping;
    using Raw = abi::WSLPluginAPI_OnSessionStopping;
    template <class P> using Method = WinResult<> (P::*)(const WslcSession&);
    template <class P> static constexpr bool can_be_named = requires { &P::on_wslc_session_stopping; };
    template <class P> static consteval auto name() { return &P::on_wslc_session_stopping; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLCSessionInformation* session) noexcept;
};

struct ContainerStartedHook {
    static constexpr Hook hook = Hook::ContainerStarted;
    using Raw = abi::WSLPluginAPI_ContainerStarted;
    template <class P> using Method = PluginResult<> (P::*)(const WslcSession&, std::string_view);
    template <class P> static constexpr bool can_be_named = requires { &P::on_container_started; };
    template <class P> static consteval auto name() { return &P::on_container_started; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLCSessionInformation* session, abi::LPCSTR inspect_json) noexcept;
};

struct ContainerStoppingHook {
    static constexpr Hook hook = Hook::ContainerStopping;
    using Raw = abi::WSLPluginAPI_ContainerStopping;
    template <class P> using Method = WinResult<> (P::*)(const WslcSession&, std::string_view);
    template <class P> static constexpr bool can_be_named = requires { &P::on_container_stopping; };
    template <class P> static consteval auto name() { return &P::on_container_stopping; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLCSessionInformation* session, abi::LPCSTR container_id) noexcept;
};

struct ImageCreatedHook {
    static constexpr Hook hook = Hook::ImageCreated;
    using Raw = abi::WSLPluginAPI_ImageCreated;
    template <class P> using Method = WinResult<> (P::*)(const WslcSession&, std::string_view);
    template <class P> static constexpr bool can_be_named = requires { &P::on_image_created; };
    template <class P> static consteval auto name() { return &P::on_image_created; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLCSessionInformation* session, abi::LPCSTR inspect_json) noexcept;
};

struct ImageDeletedHook {
    static constexpr Hook hook = Hook::ImageDeleted;
    using Raw = abi::WSLPluginAPI_ImageDeleted;
    template <class P> using Method = WinResult<> (P::*)(const WslcSession&, std::string_view);
    template <class P> static constexpr bool can_be_named = requires { &P::on_image_deleted; };
    template <class P> static consteval auto name() { return &P::on_image_deleted; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLCSessionInformation* session, abi::LPCSTR image_id) noexcept;
};

struct WslcVmStartedHook {
    static constexpr Hook hook = Hook::WslcVmStarted;
    using Raw = abi::WSLPluginAPI_OnWslcVmStarted;
    template <class P> using Method = WinResult<> (P::*)(const WslcSession&);
    template <class P> static constexpr bool can_be_named = requires { &P::on_wslc_vm_started; };
    template <class P> static consteval auto name() { return &P::on_wslc_vm_started; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLCSessionInformation* session) noexcept;
};

struct WslcVmStoppingHook {
    static constexpr Hook hook = Hook::WslcVmStopping;
    using Raw = abi::WSLPluginAPI_OnWslcVmStopping;
    template <class P> using Method = WinResult<> (P::*)(const WslcSession&);
    template <class P> static constexpr bool can_be_named = requires { &P::on_wslc_vm_stopping; };
    template <class P> static consteval auto name() { return &P::on_wslc_vm_stopping; }
    static abi::HRESULT call(const LoadedPlugin& loaded, const abi::WSLCSessionInformation* session) noexcept;
};
// clang-format on

}  // namespace wslplugins::detail
