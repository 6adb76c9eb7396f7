// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

#include <map>
#include <string>

using namespace wslplugins;

/// Keeps a ledger of the virtual machines behind each container session, and closes it with the session.
class ContainerVmLedger final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_wslc_session_created(const WslcSession& session) override {
        pages_.insert_or_assign(session.id(), Page());
        log().info("opened", to_string(session));
        return {};
    }

    // [region: machines]
    /// Comes anew each time that WSL needs the machine after it stopped for being idle.
    WinResult<> on_wslc_vm_started(const WslcSession& session) override {
        ++pages_[session.id()].starts;
        log().info("machine", to_string(session) + " started");
        return {};
    }

    WinResult<> on_wslc_vm_stopping(const WslcSession& session) override {
        ++pages_[session.id()].stops;
        log().info("machine", to_string(session) + " stops");
        return {};
    }

    /// Before or after the last machine's end: before it where the service stops. And where a session's own
    /// process died, nobody tells of its machine's end at all. So the ledger may not balance.
    WinResult<> on_wslc_session_stopping(const WslcSession& session) override {
        const Page page = pages_[session.id()];
        pages_.erase(session.id());
        log().info("closed",
                   to_string(session) + " after " + std::to_string(page.starts) + " starts and " +
                       std::to_string(page.stops) + " stops");
        return {};
    }
    // [end: machines]

private:
    struct Page {
        int starts = 0;
        int stops = 0;
    };

    std::map<WslcSessionId, Page> pages_;
};
