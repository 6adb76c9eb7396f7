// SPDX-License-Identifier: MIT
/// @file
/// `load_plugins`: what the service does with the registered plugins when it starts.
#pragma once

#include "platform/guarded_memory.hpp"
#include "testhost/loaded_plugin.hpp"

#include <wslplugins/testhost/service.hpp>

#include <optional>
#include <string>
#include <vector>

namespace wslplugins::testhost {

/// Which plugin could not be loaded, and why.
struct LoadFailure {
    std::string plugin;
    HResult code;
};

/// The service remembers one failure only: the last one.
struct LoadedPlugins {
    std::vector<LoadedPlugin> plugins;  ///< In the order of loading.
    std::optional<LoadFailure> failure;
};

/// What loading needs to know of the service. The API table must stay where it is while a plugin is loaded.
struct LoaderSettings {
    Version version;
    SignatureCheck signature_check;
    const platform::GuardedMemory& api_table;
    Journal& journal;
};

/// Loads every plugin, in order. One that fails does not keep the others from being loaded.
[[nodiscard]] LoadedPlugins load_plugins(const std::vector<PluginRegistration>& registrations,
                                         const LoaderSettings& settings);

}  // namespace wslplugins::testhost
