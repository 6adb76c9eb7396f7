// SPDX-License-Identifier: MIT
/// @file
/// `CommandingPlugin`: does in its hooks what a test tells it.
#pragma once

#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/google_plugin_test.hpp>
#include <wslplugins/wslplugins.hpp>

#include <functional>

namespace wslplugins::testhost {

class CommandingPlugin final : public Plugin {
public:
    using Plugin::Plugin;

    static inline std::function<void(const Api& api, const Session& session)> when_vm_starts;
    static inline std::function<void(const Api& api, const Session&, const Distribution&)>
        when_distribution_starts;

    PluginResult<> on_vm_started(const Session& session, const VmSettings&) override {
        if (when_vm_starts) {
            when_vm_starts(api(), session);
        }
        return {};
    }

    PluginResult<> on_distribution_started(const Session& session,
                                           const Distribution& distribution) override {
        if (when_distribution_starts) {
            when_distribution_starts(api(), session, distribution);
        }
        return {};
    }
};

/// A test with that plugin, which forgets what it was told at the end.
struct CommandingTest {
    CommandingTest() { test.add_plugin("commanding", linked_plugin<CommandingPlugin>()); }
    ~CommandingTest() {
        test.stop();
        CommandingPlugin::when_vm_starts = {};
        CommandingPlugin::when_distribution_starts = {};
    }

    void start_vm(std::function<void(const Api& api, const Session& session)> work) {
        CommandingPlugin::when_vm_starts = std::move(work);
        test.expect_success(test.user().launch("", {}));
    }

    GooglePluginTest test;
};

}  // namespace wslplugins::testhost
