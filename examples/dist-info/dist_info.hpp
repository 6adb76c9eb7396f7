// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

#include <optional>
#include <string>

using namespace wslplugins;

/// Logs what WSL knows of each distribution that starts, stops, is installed or goes.
class DistInfo final : public Plugin {
public:
    using Plugin::Plugin;

    // Whoever only watches does not stop a distribution because a name was not readable.
    static constexpr PluginPolicy policy = PluginPolicy().fail_open();

    PluginResult<> on_distribution_started(const Session& session,
                                           const Distribution& distribution) override {
        const auto facts = distribution.to_owned();  // what this WSL lacks is none
        if (!facts) {
            return propagate(facts.error());
        }
        const auto init_pid = facts->init_pid ? std::to_string(*facts->init_pid) : "(unknown)";
        log().info("started",
                   to_string(session) + ": " + described(*facts) + " init_pid=" + init_pid +
                       " pid_namespace=" + std::to_string(facts->pid_namespace));
        return {};
    }

    WinResult<> on_distribution_stopping(const Session& session,
                                         const Distribution& distribution) override {
        return report("stopping", session, distribution);
    }

    WinResult<> on_distribution_registered(const Session& session,
                                           const OfflineDistribution& distribution) override {
        return report("registered", session, distribution);
    }

    WinResult<> on_distribution_unregistered(const Session& session,
                                             const OfflineDistribution& distribution) override {
        return report("unregistered", session, distribution);
    }

private:
    /// Of a distribution that runs and of one that does not.
    template <class SomeDistribution>
    WinResult<>
    report(std::string_view event, const Session& session, const SomeDistribution& distribution) {
        const auto facts = distribution.to_owned();
        if (!facts) {
            return propagate(facts.error());
        }
        log().info(event, to_string(session) + ": " + described(*facts));
        return {};
    }

    template <class Facts>
    static std::string described(const Facts& facts) {
        return to_string(facts) + " package=" + facts.package_family_name.value_or("(none)") +
               " flavor=" + facts.flavor.value_or("(unknown)") +
               " version=" + facts.version.value_or("(unknown)");
    }
};
