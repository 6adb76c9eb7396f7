// SPDX-License-Identifier: MIT
#include "testhost/user/wsl_command.hpp"

#include "testhost/error_collector.hpp"
#include "testhost/journal/journal_step.hpp"
#include "testhost/user/machine_crash.hpp"
#include "testhost/user/user_messages.hpp"

#include <utility>

namespace wslplugins::testhost {
namespace {

/// ERROR_SERVICE_NOT_ACTIVE
constexpr HResult service_not_active = HResult::from_win32(1062);

/// How a program shows a failure of its own.
int failed_exit_code(CommandProgram program) {
    return program == CommandProgram::Bash ? 1 : -1;
}

JournalEntry entry_of(const CommandLine& line) {
    JournalEntry entry = service_entry(line.name, line.arguments);
    if (!line.user.empty()) {
        entry.arguments.push_back({"user", line.user});
    }
    return entry;
}

JournalEntry shown_entry(CommandProgram program, const UserOutput& output) {
    JournalEntry shown;
    shown.kind = JournalKind::User;
    shown.name = program == CommandProgram::Bash ? "bash.exe" : "wsl.exe";
    shown.arguments = {{"exit_code", std::to_string(output.exit_code)}};
    shown.text = output.text;
    return shown;
}

/// Asks the service, after the program has looked at what it can see by itself.
Outcome run_in_service(const CommandLine& line,
                       const std::function<Outcome(UserSession&)>& command) {
    const HResult looked = line.in_client ? line.in_client() : HResult::ok;
    if (looked.is_failure()) {
        return std::unexpected(report_error(looked));
    }
    const ErrorContextScope in_service(ErrorContext::Service);
    const auto service = line.computer->service();
    if (service == nullptr) {
        return std::unexpected(report_error(service_not_active));
    }
    const auto session = service->session_of(line.user);
    if (session) {
        notice_crash(**session);
    }
    Outcome outcome = session ? command(**session) : failed(session.error());
    if (!outcome) {
        // The service's answer leaves it outside of every context of its own: a record of another code is lost here.
        report_error(outcome.error());
    }
    return outcome;
}

}  // namespace

std::unexpected<HResult> failed(const Error& error) {
    return std::unexpected(report_error(error));
}

UserOutput run_as_user(const CommandLine& line,
                       const std::function<Outcome(UserSession&)>& command) {
    const ErrorCollector collector;
    Journal& journal = line.computer->journal();
    const std::uint64_t id = journal.begin(entry_of(line));
    const ErrorContextScope program(line.program == CommandProgram::Bash ? ErrorContext::Bash
                                                                         : ErrorContext::Wsl);
    const Outcome outcome = run_in_service(line, command);
    const HResult code = outcome ? HResult::ok : outcome.error();
    const UserOutput output =
        outcome ? *outcome
                : UserOutput{failed_exit_code(line.program), failure_output(*collector.recorded())};
    journal.add(shown_entry(line.program, output));
    journal.end(id, code);
    return output;
}

std::expected<RegisteredDistribution, HResult> find_distribution(const UserSession& session,
                                                                 std::string_view name) {
    auto found = session.user().registry.find(name);
    if (!found) {
        return std::unexpected(report_error(name.empty() ? default_distribution_not_found
                                                         : HResult::distribution_not_found));
    }
    return std::move(*found);
}

}  // namespace wslplugins::testhost
