// SPDX-License-Identifier: MIT
#include "testhost/machine/machine.hpp"

#include "testhost/machine/host_path.hpp"

namespace wslplugins::testhost {
namespace {

/// The words are run as they are, looked up in PATH by the shell; without words, the shell itself.
std::vector<std::string> shell_command(const std::vector<std::string>& words) {
    std::vector<std::string> command{"/bin/sh"};
    if (!words.empty()) {
        command.insert(command.end(), {"-c", "exec \"$0\" \"$@\""});
        command.insert(command.end(), words.begin(), words.end());
    }
    return command;
}

}  // namespace

WinResult<std::string> Machine::host_folder(std::string_view windows_path) const {
    return testhost::host_folder(windows_path);
}

WinResult<StartedProgram> Machine::run_users_command(const Guid& distribution,
                                                     const std::vector<std::string>& words) {
    const std::vector<std::string> command = shell_command(words);
    return execute(distribution, command.front(), command);
}

}  // namespace wslplugins::testhost
