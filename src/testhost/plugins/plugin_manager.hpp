// SPDX-License-Identifier: MIT
/// @file
/// `PluginManager`: the loaded plugins, and the calling of their hooks.
///
/// Hooks are called in the order of loading, stopping hooks too. A failing hook that can veto ends the round;
/// any other one's code is written down and forgotten. Hooks of several threads run at the same time.
#pragma once

#include "platform/guarded_memory.hpp"
#include "testhost/plugins/plugin_loader.hpp"

namespace wslplugins::testhost {

class PluginManager {
public:
    /// Loads the plugins. @param strict null: not strict; outlives this.
    [[nodiscard]] static WinResult<std::unique_ptr<PluginManager>>
    load(const ServiceOptions& options, Journal& journal, StrictMode* strict = nullptr);

    /// Fails while a plugin could not be loaded: no virtual machine may start then.
    [[nodiscard]] HResult check_load_failure() const;

    /// Calls the hook of every plugin that installed it, in the order of loading. The first failure of a hook that
    /// can veto ends the round; it is reported to the thread's error collector, and returned. So does an exception
    /// that leaves any hook: it leaves the round in the middle.
    [[nodiscard]] HResult play(const HookCall& hook_call) const;

    [[nodiscard]] StrictMode* strict() const noexcept { return strict_; }

    /// Releases every library, in the order of loading.
    void unload();

private:
    PluginManager(const platform::GuardedMemory& api_table,
                  Journal& journal,
                  StrictMode* strict) noexcept
        : api_table_(api_table), journal_(journal), strict_(strict) {}

    [[nodiscard]] WinResult<std::unique_ptr<HostedPlugin>>
    make_in_process(const std::string& name, const Version& version) const;
    [[nodiscard]] HResult call(HostedPlugin& plugin, const HookCall& hook_call) const;

    const platform::GuardedMemory& api_table_;
    Journal& journal_;
    StrictMode* const strict_;
    LoadedPlugins loaded_;
};

}  // namespace wslplugins::testhost
