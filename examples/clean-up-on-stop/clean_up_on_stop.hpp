// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

#include <set>
#include <string>

using namespace wslplugins;

/// Counts seats of a licence: one for each virtual machine, given back however the machine ends.
class CleanUpOnStop final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session& session, const VmSettings&) override {
        seats_.insert(session.id());
        log().info("seats", std::to_string(seats_.size()));
        const auto begun = api().command(session, "/bin/sh").args({"-c", "echo 0 >/run/usage"});
        const auto written = begun.run_raw();
        return written ? PluginResult<>() : propagate(written.error());
    }

    // [region: stopping]
    /// Comes for every machine that a user had, also for one whose start another plugin refused, which
    /// this one may never have been told of; and where the service itself stops, Linux is gone already.
    WinResult<> on_vm_stopping(const Session& session) override {
        report_usage(session);
        seats_.erase(session.id());  // last, and whatever Linux said
        log().info("seats", std::to_string(seats_.size()));
        return {};
    }
    // [end: stopping]

private:
    void report_usage(const Session& session) {
        const auto usage = api().command(session, "/bin/cat").arg("/run/usage").run_raw();
        if (usage) {
            log().info("usage", *usage);
        } else if (usage.error().code() == HResult::disconnected) {
            log().info("usage", "(the service stops)");
        } else {
            log().warning("usage", usage.error().to_string());
        }
    }

    std::set<SessionId> seats_;
};
