// SPDX-License-Identifier: MIT
/// @file
/// `linked_plugin`: a plugin class for a test host in the same program. For unit tests only.
#pragma once

#include <wslplugins/core/linked_plugin.hpp>
#include <wslplugins/plugin/load_plugin.hpp>

namespace wslplugins {
namespace detail {

/// See `forget_plugin`.
[[nodiscard]] bool forget(LoadedPlugin& loaded) noexcept;

template <class P, Version required>
abi::HRESULT enter_linked(const abi::WSLPluginAPIV1* api, abi::WSLPluginHooksV1* hooks) noexcept {
    return load_plugin<P>(
        api, hooks, Requirement(required.major, required.minor, required.revision));
}

}  // namespace detail

/// Destroys the plugin object of this class and its context, so that the next `load_plugin<P>` makes new ones.
///
/// WSL never does this: a plugin's destructor runs in unit tests only. No hook of the plugin may run meanwhile, nor
/// be called again in a table that was filled before. Work in the background is drained first, as after the last
/// stopping hook; what then still runs is asked to stop and waited for once more, for as long.
/// @return false when a background job runs even then. Nothing has been destroyed, and the next `load_plugin<P>` finds
///         the same object.
template <class P>
[[nodiscard]] bool forget_plugin() noexcept {
    return detail::forget(detail::loaded_plugin<P>);
}

/// The class as a host of this program loads and frees it, without a DLL and without `WSLPLUGINS_EXPORT_V1`.
/// `required` is the oldest WSL that it accepts, as behind the class in that macro.
template <class P, Version required = Version{}>
[[nodiscard]] constexpr LinkedPlugin linked_plugin() noexcept {
    return {&detail::enter_linked<P, required>, &forget_plugin<P>};
}

}  // namespace wslplugins
