// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/plugin/background_queue.hpp>
#include <wslplugins/plugin/json_lines_log.hpp>
#include <wslplugins/wslplugins.hpp>

#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

using namespace wslplugins;

/// Writes down which Windows user starts and stops a virtual machine.
class SessionUserAudit final : public Plugin {
public:
    SessionUserAudit(const Context& context, std::unique_ptr<JsonLinesLog> file)
        : Plugin(context), file_(std::move(file)), lookups_(context) {}

    /// Without its file it is no audit: WSL then starts no virtual machine, and shows the code.
    static WinResult<std::unique_ptr<SessionUserAudit>> create(const Context& context) {
        const char* const data = std::getenv("ProgramData");
        if (data == nullptr) {
            return failure(HResult::path_not_found, "The variable ProgramData is not set");
        }
        auto file = JsonLinesLog::open(
            context,
            {.folder = std::string(data) + "/WSL session audit", .file_name = "audit.jsonl"});
        if (!file) {
            return propagate(file.error());
        }
        return std::make_unique<SessionUserAudit>(context, std::move(*file));
    }

    PluginResult<> on_vm_started(const Session& session, const VmSettings&) override {
        const auto user = session.user_sid();
        if (!user) {
            return failure(HResult::unexpected, "WSL told no user of " + to_string(session));
        }
        const auto sid = user->to_owned();
        if (!sid) {
            return propagate(sid.error());
        }
        log().info("vm-started", to_string(session) + ": " + to_string(*sid));
        log().info("token", session.user_token() ? may_act_as_user(session) : "(none)");
        return look_up(*sid);
    }

    WinResult<> on_vm_stopping(const Session& session) override {
        log().info("vm-stopping", to_string(session));
        return {};
    }

private:
    /// A token is WSL's and ends with the hook; an impersonation ends with its scope.
    static std::string may_act_as_user(const Session& session) {
        const auto as_user = Impersonation::start(*session.user_token());
        return as_user ? "the service may act as the user" : as_user.error().to_string();
    }

    /// Asking for the account may take a domain controller seconds, for which no user waits.
    WinResult<> look_up(const OwnedSid& sid) {
        return lookups_.post("account", [this, sid](const StopSignal&) -> WinResult<> {
            const auto account = sid.account_name();
            if (!account) {
                return propagate(account.error());
            }
            log().info("account", to_string(sid) + ": " + account->domain + "\\" + account->name);
            return {};
        });
    }

    std::unique_ptr<JsonLinesLog> file_;
    BackgroundQueue lookups_;
};
