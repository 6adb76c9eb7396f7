// SPDX-License-Identifier: MIT
#include "testhost/journal/journal_step.hpp"
#include "testhost/journal/journal_text.hpp"
#include "testhost/user/wsl_command.hpp"

#include <array>
#include <utility>

namespace wslplugins::testhost {
namespace {

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
run_program(Machine& machine, const Guid& distribution, const std::vector<std::string>& words) {
    auto program = machine.run_users_command(distribution, words);
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

}  // namespace

Outcome launch_in(UserSession& session,
                  std::string_view distribution,
                  const std::vector<std::string>& words) {
    const auto found = find_distribution(session, distribution);
    if (!found) {
        return std::unexpected(found.error());
    }
    const auto instance = session.create_instance(*found);
    if (!instance) {
        return std::unexpected(instance.error());
    }
    auto output = journal_step(session.journal(),
                               service_entry("run-command", {{"command", list_text(words)}}),
                               [&] { return run_program(*instance->machine, found->id, words); });
    if (!output) {
        return failed(output.error());
    }
    return std::move(*output);
}

}  // namespace wslplugins::testhost
