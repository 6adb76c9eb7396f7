// SPDX-License-Identifier: MIT
/// @file
/// `load_plugin`: what a plugin's entry point does.
#pragma once

#include <wslplugins/plugin/hook_thunks.hpp>
#include <wslplugins/plugin/requirement.hpp>

#include <concepts>
#include <memory>
#include <utility>

namespace wslplugins {
namespace detail {

template <class P>
concept HasCreate = requires(const Context& context) {
    { P::create(context) } -> std::same_as<WinResult<std::unique_ptr<P>>>;
};

template <class P>
[[nodiscard]] WinResult<Plugin*> create_plugin(const Context& context) {
    if constexpr (HasCreate<P>) {
        WinResult<std::unique_ptr<P>> created = P::create(context);
        if (!created) {
            return propagate(std::move(created.error()));
        }
        if (*created == nullptr) {
            return failure(HResult::unexpected, "create() returned no plugin and no error");
        }
        return created->release();
    } else {
        return std::make_unique<P>(context).release();
    }
}

/// What `load` needs to know of a plugin class.
struct PluginClass {
    LoadedPlugin* loaded;
    WinResult<Plugin*> (*create)(const Context&);
    ErasedHooks hooks;
};

/// What WSL called the entry point with, and what the plugin asks for.
struct LoadRequest {
    const abi::WSLPluginAPIV1* api;
    abi::WSLPluginHooksV1* hooks;
    Version required;
};

[[nodiscard]] abi::HRESULT load(const PluginClass& plugin, const LoadRequest& request) noexcept;

}  // namespace detail

/// Makes the plugin and puts its hooks into WSL's table. It is what `WSLPLUGINS_EXPORT_V1` exports; call it
/// from an entry point of your own where the macro does not fit:
///
/// @code
/// extern "C" HRESULT WSLPluginAPIV1_EntryPoint(const WSLPluginAPIV1* api, WSLPluginHooksV1* hooks) {
///     return wslplugins::load_plugin<MyPlugin>(api, hooks, {2, 1, 2});
/// }
/// @endcode
///
/// A DLL without the macro has no `PluginRecord`; tools then know of it only what they see when it runs.
///
/// Of the table, only the slots are written that the class overrides and the running WSL has. WSL may call
/// the entry point again in one process; the plugin that was made first then serves the further table too.
/// @return WSL_E_PLUGIN_REQUIRES_UPDATE when WSL is older than required, before anything is made; the error of
///         `create`, or what the constructor's exception maps to; E_POINTER for a null table. On failure no
///         slot is written and no object is left.
template <class P>
[[nodiscard]] abi::HRESULT load_plugin(const abi::WSLPluginAPIV1* api,
                                       abi::WSLPluginHooksV1* hooks,
                                       const Requirement& requirement = {}) noexcept {
    static_assert(std::derived_from<P, Plugin>,
                  "wslplugins: a plugin class must derive publicly from wslplugins::Plugin.");
    constexpr bool can_be_made = detail::HasCreate<P> || std::constructible_from<P, const Context&>;
    static_assert(
        can_be_made,
        "wslplugins: a plugin class needs a public constructor from const Context& (using "
        "Plugin::Plugin; serves) or static WinResult<std::unique_ptr<P>> create(const "
        "Context&).");
    if constexpr (can_be_made) {
        const detail::PluginClass plugin{
            &detail::loaded_plugin<P>, &detail::create_plugin<P>, detail::hooks_of<P>()};
        return detail::load(plugin, {api, hooks, requirement.version()});
    } else {
        return abi::plugin_requires_update;
    }
}

}  // namespace wslplugins
