// SPDX-License-Identifier: MIT
// The commands about what runs.
#include <wslplugins/testhost/user.hpp>

#include "platform/paths.hpp"
#include "testhost/journal/journal_text.hpp"
#include "testhost/machine/host_path.hpp"
#include "testhost/user/user_messages.hpp"
#include "testhost/user/wsl_command.hpp"

namespace wslplugins::testhost {
namespace {

std::vector<JournalArgument> launch_arguments(std::string_view distribution,
                                              const std::vector<std::string>& command) {
    return {{"distribution", std::string(distribution)}, {"command", list_text(command)}};
}

}  // namespace

UserOutput User::launch(std::string_view distribution,
                        const std::vector<std::string>& command) const {
    return run_as_user(
        {computer_, name_, "launch", launch_arguments(distribution, command)},
        [&](UserSession& session) { return launch_in(session, distribution, command); });
}

UserOutput User::launch_bash(const std::vector<std::string>& command) const {
    return run_as_user(
        {computer_, name_, "launch", launch_arguments({}, command), CommandProgram::Bash},
        [&](UserSession& session) { return launch_in(session, {}, command); });
}

UserOutput User::terminate(std::string_view distribution) const {
    return run_as_user(
        {computer_, name_, "terminate", {{"distribution", std::string(distribution)}}},
        [&](UserSession& session) -> Outcome {
            const auto found = find_distribution(session, distribution);
            return found ? outcome_of(session.terminate(found->id), success_text)
                         : std::unexpected(found.error());
        });
}

UserOutput User::shutdown(bool force) const {
    std::vector<JournalArgument> arguments;
    if (force) {
        arguments.push_back({"force", "true"});
    }
    return run_as_user({computer_, name_, "shutdown", std::move(arguments)},
                       [&](UserSession& session) { return outcome_of(session.shutdown(force)); });
}

UserOutput User::attach_disk(std::string_view disk) const {
    return run_as_user({computer_, name_, "attach-disk", {{"disk", std::string(disk), true}}},
                       [&](UserSession& session) {
                           const auto file = platform::linux_path_of(disk);
                           return outcome_of(session.attach_disk(file ? *file : std::string()),
                                             success_text);
                       });
}

UserOutput User::detach_disk(std::string_view disk) const {
    return run_as_user({computer_, name_, "detach-disk", {{"disk", std::string(disk), true}}},
                       [&](UserSession& session) {
                           const auto file = platform::linux_path_of(disk);
                           return outcome_of(session.detach_disk(file ? *file : std::string()),
                                             success_text);
                       });
}

void User::set_config(const WslConfig& config) const {
    computer_->set_config(computer_->user(name_), config);
}

}  // namespace wslplugins::testhost
