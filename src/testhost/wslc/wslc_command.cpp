// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_command.hpp"

#include "testhost/journal/journal_step.hpp"
#include "testhost/journal/journal_text.hpp"
#include "testhost/user/user_messages.hpp"

#include <utility>

namespace wslplugins::testhost {
namespace {

/// ERROR_SERVICE_NOT_ACTIVE
constexpr HResult service_not_active = HResult::from_win32(1062);
constexpr int failed_exit_code = 1;

/// The one in which `wslc.exe` works by itself; images and containers are kept under its name.
WslcSessionOptions command_session(const std::string& user) {
    const std::string name = "wslc-cli-" + (user.empty() ? "user" : user);
    return {.display_name = name,
            .storage_path = name,
            .is_kept_by_service = true,
            .application_pid = std::nullopt};
}

/// The session and a reference to it, to be given back.
WinResult<std::shared_ptr<WslcSession>> find_session(const WslcCommandLine& line,
                                                     WslcSessionManager& manager) {
    if (line.session) {
        auto named = manager.open(*line.session);
        if (named) {
            (*named)->add_client();
        }
        return named;
    }
    const WslcSessionOptions options = command_session(line.user);
    if (auto known = manager.open(options.display_name)) {
        (*known)->add_client();
        return known;
    }
    const auto owner = owner_of(*line.computer, line.user);
    if (!owner) {
        return propagate(owner.error());
    }
    return manager.create(options, *owner);
}

WinResult<UserOutput> run(const WslcCommandLine& line, const WslcCommandWork& work) {
    const auto service = line.computer->service();
    if (service == nullptr) {
        return failure(service_not_active, {});
    }
    const auto session = find_session(line, *service->container_sessions());
    if (!session) {
        return propagate(session.error());
    }
    auto output = [&]() -> WinResult<UserOutput> {
        const auto activity = (*session)->begin_operation();
        return activity ? work(*activity) : propagate(activity.error());
    }();
    (*session)->release_client();
    return output;
}

}  // namespace

UserOutput run_wslc(const WslcCommandLine& line, const WslcCommandWork& work) {
    Journal& journal = line.computer->journal();
    std::vector<JournalArgument> arguments{{"command", list_text(line.words)}};
    if (!line.user.empty()) {
        arguments.push_back({"user", line.user});
    }
    if (line.session) {
        arguments.push_back({"session", *line.session});
    }
    const std::uint64_t id = journal.begin(service_entry("wslc", std::move(arguments)));
    const auto outcome = run(line, work);
    const UserOutput output =
        outcome ? *outcome : UserOutput{failed_exit_code, wslc_failure_output(outcome.error())};
    JournalEntry shown;
    shown.kind = JournalKind::User;
    shown.name = "wslc.exe";
    shown.arguments = {{"exit_code", std::to_string(output.exit_code)}};
    shown.text = output.text;
    journal.add(std::move(shown));
    journal.end(id, outcome ? HResult::ok : outcome.error().code());
    return output;
}

WinResult<> run_wslc_step(Computer& computer,
                          JournalEntry entry,
                          const std::function<WinResult<>(WslcSessionManager&)>& work) {
    return journal_step(computer.journal(), std::move(entry), [&]() -> WinResult<> {
        const auto service = computer.service();
        if (service == nullptr) {
            return failure(service_not_active, "No service runs");
        }
        return work(*service->container_sessions());
    });
}

WinResult<WslcOwner> owner_of(Computer& computer, const std::string& user) {
    auto token = platform::AccessToken::identity_of_this_process();
    if (!token) {
        return propagate(token.error());
    }
    return WslcOwner{std::make_shared<const platform::AccessToken>(std::move(*token)),
                     &computer.user(user).sid};
}

}  // namespace wslplugins::testhost
