// SPDX-License-Identifier: MIT
/// @file
/// Plugins that are files alone, for tests that run under both host models: the scripted plugin does what the
/// environment says (`fixtures/raw/scripted_plugin.cpp`).
#pragma once

#include "testhost/raw_plugins.hpp"

namespace wslplugins::testhost {

/// Sets an environment variable while it lives; afterwards there is none.
class EnvironmentVariable {
public:
    EnvironmentVariable(std::string name, const std::string& value);
    EnvironmentVariable(const EnvironmentVariable&) = delete;
    EnvironmentVariable& operator=(const EnvironmentVariable&) = delete;
    ~EnvironmentVariable();

private:
    const std::string name_;
};

/// The script of one copy of the plugin, while it lives.
class ScriptedPlugin {
public:
    /// @param letter a or b. @param script a line for each hook.
    ScriptedPlugin(char letter, const std::string& script);

    [[nodiscard]] PluginRegistration registration() const;

private:
    const std::string name_;
    const EnvironmentVariable script_;
};

/// A service with these plugins under that model, without a signature check.
[[nodiscard]] std::unique_ptr<Service> start_service(HostModel model,
                                                     const std::vector<PluginRegistration>& plugins,
                                                     const Version& version = newest_known_version);

/// What the plugins said so far, in order, each as `a text`.
[[nodiscard]] std::vector<std::string> said(Service& service);

/// Waits until a plugin has said it. A test fails where it does not within 20 seconds.
void wait_until_said(Service& service, const std::string& what);

/// The names of host models, for parameterised tests.
[[nodiscard]] std::string name_of(HostModel model);

}  // namespace wslplugins::testhost
