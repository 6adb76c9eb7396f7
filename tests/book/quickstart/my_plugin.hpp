// SPDX-License-Identifier: MIT
// [region: class]
#pragma once

#include <wslplugins/wslplugins.hpp>

/// Logs which distributions start, and keeps the one named Blocked from starting.
class MyPlugin final : public wslplugins::Plugin {
public:
    using Plugin::Plugin;

    wslplugins::PluginResult<>
    on_distribution_started(const wslplugins::Session&,
                            const wslplugins::Distribution& distribution) override {
        const auto name = distribution.name();
        if (!name) {
            return wslplugins::propagate(name.error());
        }
        if (*name == "Blocked") {
            return wslplugins::refuse(wslplugins::HResult::access_denied,
                                      "Blocked is blocked on this computer.");
        }
        log().info("started", *name);
        return {};
    }
};
// [end: class]
