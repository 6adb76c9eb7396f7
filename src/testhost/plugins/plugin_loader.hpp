// SPDX-License-Identifier: MIT
/// @file
/// `load_plugins`: what the service does with the registered plugins when it starts.
#pragma once

#include "testhost/plugins/hosted_plugin.hpp"

#include <wslplugins/testhost/service.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wslplugins::testhost {

class StrictMode;

/// Which plugin could not be loaded, and why.
struct LoadFailure {
    std::string plugin;
    HResult code;
};

/// The service remembers one failure only: the last one.
struct LoadedPlugins {
    std::vector<std::unique_ptr<HostedPlugin>> plugins;  ///< In the order of loading.
    std::optional<LoadFailure> failure;
    /// The registry's, where it denied a value: nothing behind that one was loaded.
    std::optional<Error> denied;
};

/// What loading needs to know of the service.
struct LoaderSettings {
    SignatureCheck signature_check;
    Journal& journal;
    StrictMode* strict;  ///< Null: not strict.
    const std::vector<Fault>& faults;
    /// Makes the place for a plugin of that name: in this process, or in one of its own.
    std::function<WinResult<std::unique_ptr<HostedPlugin>>(const std::string& name)> make_plugin;
};

/// Loads every plugin, in order. One that fails does not keep the others from being loaded, unlike a registry that
/// cannot be read.
[[nodiscard]] LoadedPlugins load_plugins(const std::vector<PluginRegistration>& registrations,
                                         const LoaderSettings& settings);

}  // namespace wslplugins::testhost
