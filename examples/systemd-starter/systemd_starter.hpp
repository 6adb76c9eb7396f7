// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

#include <string_view>

using namespace wslplugins;

/// Starts a unit of systemd in those distributions whose users want it.
class SystemdStarter final : public Plugin {
public:
    using Plugin::Plugin;

    // A distribution without the unit is better than none.
    static constexpr PluginPolicy policy = PluginPolicy().fail_open(Hook::OnDistributionStarted);

    PluginResult<> on_distribution_started(const Session& session,
                                           const Distribution& distribution) override {
        const auto asked = api()
                               .command(session, "/usr/bin/test")
                               .args({"-e", "/etc/company-agent.opt-in"})
                               .in(distribution.id())
                               .run();
        if (!asked) {
            return propagate(asked.error());
        }
        if (!asked->status.succeeded()) {
            log().info("left alone", to_string(distribution));
            return {};
        }
        return start_unit(session, distribution);
    }

private:
    // systemd is usually still starting when this hook is called. To wait for it is Linux' business: the hook
    // has to return, and what a raw process has begun goes on when nobody holds its connection any more.
    static constexpr std::string_view when_systemd_is_there =
        "for attempt in 1 2 3 4 5 6 7 8 9 10; do "
        "systemctl start --no-block company-agent.service >/dev/null && exit; sleep 3; done";

    WinResult<> start_unit(SessionId session, const Distribution& distribution) {
        const auto started = api()
                                 .command(session, "/bin/sh")
                                 .args({"-c", when_systemd_is_there})
                                 .in(distribution.id())
                                 .spawn_raw();
        if (!started) {
            return propagate(started.error());
        }
        log().info("started", to_string(distribution));
        return {};
    }
};
