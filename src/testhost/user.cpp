// SPDX-License-Identifier: MIT
#include <wslplugins/testhost/user.hpp>

#include "testhost/journal_text.hpp"
#include "testhost/wsl_command.hpp"

namespace wslplugins::testhost {

UserOutput User::launch(std::string_view distribution,
                        const std::vector<std::string>& command) const {
    return run_as_user(
        {computer_,
         name_,
         "launch",
         {{"distribution", std::string(distribution)}, {"command", list_text(command)}}},
        [&](UserSession& session) { return launch_in(session, distribution, command); });
}

UserOutput User::launch_bash(const std::vector<std::string>& command) const {
    return run_as_user({computer_,
                        name_,
                        "launch",
                        {{"distribution", ""}, {"command", list_text(command)}},
                        CommandProgram::Bash},
                       [&](UserSession& session) { return launch_in(session, {}, command); });
}

UserOutput User::shutdown() const {
    return run_as_user({computer_, name_, "shutdown", {}}, [](UserSession& session) -> Outcome {
        const HResult outcome = session.shutdown();
        if (outcome.is_failure()) {
            return std::unexpected(outcome);
        }
        return UserOutput{};
    });
}

}  // namespace wslplugins::testhost
