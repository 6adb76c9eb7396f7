// SPDX-License-Identifier: MIT
#include "platform/registry.hpp"

#include <wslplugins/testhost/plugin_registration.hpp>

#include <utility>

namespace wslplugins::testhost {

WinResult<std::vector<PluginRegistration>> read_plugins_key() {
    auto values = platform::read_registry_values(plugins_key);
    if (!values) {
        return propagate(values.error());
    }
    std::vector<PluginRegistration> plugins;
    for (platform::RegistryValue& value : *values) {
        plugins.push_back({std::move(value.name),
                           std::move(value.text),
                           value.type == platform::registry_string_type});
    }
    return plugins;
}

}  // namespace wslplugins::testhost
