// SPDX-License-Identifier: MIT
/// @file
/// `PluginManager`: the loaded plugins, and the calling of their hooks.
///
/// Hooks are called in the order of loading, stopping hooks too. A failing hook that can veto ends the round;
/// any other one's code is written down and forgotten. Hooks of several threads run at the same time.
#pragma once

#include "testhost/information.hpp"
#include "testhost/plugin_loader.hpp"

#include <functional>

namespace wslplugins::testhost {

class PluginManager {
public:
    /// Loads the plugins.
    [[nodiscard]] static WinResult<std::unique_ptr<PluginManager>>
    load(const ServiceOptions& options, Journal& journal);

    /// Fails while a plugin could not be loaded: no virtual machine may start then.
    [[nodiscard]] HResult check_load_failure() const;

    /// A failure is reported to the thread's error collector before it is returned. From a stopping hook only an
    /// exception is one: it leaves the round in the middle.
    [[nodiscard]] HResult on_vm_started(const abi::WSLSessionInformation& session,
                                        const abi::WSLVmCreationSettings& settings) const;
    [[nodiscard]] HResult on_vm_stopping(const abi::WSLSessionInformation& session) const;
    [[nodiscard]] HResult
    on_distribution_started(const abi::WSLSessionInformation& session,
                            const DistributionInformation& distribution) const;
    [[nodiscard]] HResult
    on_distribution_stopping(const abi::WSLSessionInformation& session,
                             const DistributionInformation& distribution) const;

    /// Releases every library, in the order of loading.
    void unload();

private:
    /// Calls the hook of one plugin; null where the plugin has none.
    using Call = std::function<abi::HRESULT()>;

    struct Round {
        Hook hook;
        std::uint32_t session;
        std::vector<JournalArgument> arguments;
        std::function<Call(const abi::WSLPluginHooksV1&)> call_of;
    };

    PluginManager(platform::GuardedMemory api_table, Journal& journal) noexcept
        : api_table_(std::move(api_table)), journal_(journal) {}

    [[nodiscard]] HResult play(const Round& round) const;
    [[nodiscard]] HResult
    call(const LoadedPlugin& plugin, const Round& round, const Call& function) const;

    platform::GuardedMemory api_table_;
    Journal& journal_;
    LoadedPlugins loaded_;
};

}  // namespace wslplugins::testhost
