// SPDX-License-Identifier: MIT
#include "testhost/scenario/plugin_environment.hpp"

#include "platform/environment.hpp"
#include "platform/paths.hpp"

namespace wslplugins::testhost {

PluginEnvironment::~PluginEnvironment() {
    for (const auto& [name, value] : before_) {
        // What could be set can be set back.
        (void)platform::set_environment_variable(name, value);
    }
}

WinResult<> PluginEnvironment::set(const std::map<std::string, std::string>& variables) {
    for (const auto& [name, value] : variables) {
        auto before = platform::environment_variable(name.c_str());
        if (auto set = platform::set_environment_variable(name, value); !set) {
            return set;
        }
        before_.emplace_back(name, std::move(before));
    }
    return {};
}

}  // namespace wslplugins::testhost
