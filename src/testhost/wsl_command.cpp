// SPDX-License-Identifier: MIT
#include "testhost/wsl_command.hpp"

#include "testhost/ascii_case.hpp"
#include "testhost/error_collector.hpp"
#include "testhost/journal_step.hpp"
#include "testhost/journal_text.hpp"
#include "testhost/user_messages.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace wslplugins::testhost {
namespace {

/// The exit code of wsl.exe for a failure of its own.
constexpr int failed_exit_code = -1;

/// What a command did, or the code that it failed with; the failure has been reported.
using Outcome = std::expected<UserOutput, HResult>;

std::unexpected<HResult> failed(const Error& error) {
    return std::unexpected(report_error(
        error.code(), error.text().empty() ? std::nullopt : std::optional(error.text())));
}

/// Runs a command of the user, with what it prints and its way through the service in the journal.
template <class Command>
UserOutput run_as_user(RunningService& service, JournalEntry entry, const Command& command) {
    const ErrorCollector collector;
    Journal& journal = service.journal();
    const std::uint64_t id = journal.begin(std::move(entry));
    const Outcome outcome = command();
    const HResult code = outcome ? HResult::ok : outcome.error();
    // The service's answer leaves it outside of every context: a record of another code is lost here.
    report_error(code);
    const UserOutput output =
        outcome ? *outcome : UserOutput{failed_exit_code, failure_output(*collector.recorded())};
    JournalEntry shown;
    shown.kind = JournalKind::User;
    shown.name = "wsl.exe";
    shown.arguments = {{"exit_code", std::to_string(output.exit_code)}};
    shown.text = output.text;
    journal.add(std::move(shown));
    journal.end(id, code);
    return output;
}

const DistributionOptions* find_distribution(const ServiceOptions& options, std::string_view name) {
    if (name.empty()) {
        return &options.distributions.front();
    }
    const auto found =
        std::ranges::find(options.distributions, ascii_lower(name), [](const auto& candidate) {
            return ascii_lower(candidate.name);
        });
    return found == options.distributions.end() ? nullptr : &*found;
}

/// The words are run as they are, looked up in PATH by the shell; without words, the shell itself.
std::vector<std::string> shell_command(const std::vector<std::string>& words) {
    std::vector<std::string> command{"/bin/sh"};
    if (!words.empty()) {
        command.insert(command.end(), {"-c", "exec \"$0\" \"$@\""});
        command.insert(command.end(), words.begin(), words.end());
    }
    return command;
}

WinResult<std::string> read_to_end(platform::Socket& stream) {
    std::string text;
    std::array<char, 16 * 1024> buffer;
    while (true) {
        const auto count = stream.receive(std::as_writable_bytes(std::span(buffer)));
        if (!count) {
            return propagate(count.error());
        }
        if (*count == 0) {
            return text;
        }
        text.append(buffer.data(), *count);
    }
}

WinResult<UserOutput>
run_program(Machine& machine, const Guid& distribution, const std::vector<std::string>& command) {
    auto program = machine.execute(distribution, command.front(), command);
    if (!program) {
        return propagate(program.error());
    }
    // Nothing is typed. A program that has ended already cannot be told, and need not be.
    (void)program->stream.shutdown_send();
    auto text = read_to_end(program->stream);
    if (!text) {
        return propagate(text.error());
    }
    const auto ended = machine.wait(program->number);
    if (!ended) {
        return propagate(ended.error());
    }
    return UserOutput{ended->exit_code, std::move(*text)};
}

Outcome
launch(RunningService& service, std::string_view name, const std::vector<std::string>& command) {
    const DistributionOptions* const distribution = find_distribution(service.options(), name);
    if (distribution == nullptr) {
        return std::unexpected(report_error(HResult::distribution_not_found));
    }
    const auto session = service.session_of_user();
    if (!session) {
        return failed(session.error());
    }
    const auto machine = (*session)->create_instance(*distribution);
    if (!machine) {
        return std::unexpected(machine.error());
    }
    auto output = journal_step(
        service.journal(), service_entry("run-command", {{"command", list_text(command)}}), [&] {
            return run_program(**machine, distribution->id, shell_command(command));
        });
    if (!output) {
        return failed(output.error());
    }
    return std::move(*output);
}

}  // namespace

UserOutput launch_command(RunningService& service,
                          std::string_view distribution,
                          const std::vector<std::string>& command) {
    return run_as_user(service,
                       service_entry("launch",
                                     {{"distribution", std::string(distribution)},
                                      {"command", list_text(command)}}),
                       [&] { return launch(service, distribution, command); });
}

UserOutput shutdown_command(RunningService& service) {
    return run_as_user(service, service_entry("shutdown"), [&]() -> Outcome {
        const auto session = service.session_of_user();
        if (!session) {
            return failed(session.error());
        }
        const HResult outcome = (*session)->shutdown();
        if (outcome.is_failure()) {
            return std::unexpected(outcome);
        }
        return UserOutput{};
    });
}

}  // namespace wslplugins::testhost
