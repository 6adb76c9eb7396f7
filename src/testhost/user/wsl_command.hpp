// SPDX-License-Identifier: MIT
/// @file
/// A command of a user, from the command line to what it prints.
#pragma once

#include "testhost/running_service.hpp"

#include <expected>
#include <functional>

namespace wslplugins::testhost {

/// Which program the user called.
enum class CommandProgram : std::uint8_t { Wsl, Bash };

/// Whose command it is, and how the journal shows it.
struct CommandLine {
    const std::shared_ptr<Computer>& computer;
    const std::string& user;
    std::string_view name;
    std::vector<JournalArgument> arguments;
    CommandProgram program = CommandProgram::Wsl;
    /// What the program looks at before it asks the service; no failure where it is empty.
    std::function<HResult()> in_client{};
};

/// What a command did, or the code that it failed with; the failure has been reported.
using Outcome = std::expected<UserOutput, HResult>;

/// Reports an error that the user sees.
[[nodiscard]] std::unexpected<HResult> failed(const Error& error);

/// Runs a command in the user's session, with what it prints and its way through the service in the journal.
[[nodiscard]] UserOutput run_as_user(const CommandLine& line,
                                     const std::function<Outcome(UserSession&)>& command);

/// The session's distribution of that name, the default one without; a failure has been reported.
[[nodiscard]] std::expected<RegisteredDistribution, HResult>
find_distribution(const UserSession& session, std::string_view name);

/// The same session's operation as a command that prints nothing, or `text`, when it succeeds.
[[nodiscard]] inline Outcome outcome_of(HResult code, std::string text = {}) {
    return code.is_success() ? Outcome(UserOutput{0, std::move(text)})
                             : Outcome(std::unexpected(code));
}

/// What `launch` does: the words run as they are, looked up in PATH by the shell.
[[nodiscard]] Outcome launch_in(UserSession& session,
                                std::string_view distribution,
                                const std::vector<std::string>& words);

}  // namespace wslplugins::testhost
