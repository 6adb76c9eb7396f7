// SPDX-License-Identifier: MIT
#include "api/command_check.hpp"

#include "api/gated_field.hpp"

namespace wslplugins::detail {
namespace {

WinResult<> refuse_command(const CommandDescription& command, const std::string& why) {
    return failure(HResult::invalid_argument,
                   "Running '" + command.path + "' was not tried: " + why);
}

WinResult<>
check_no_nul(const CommandDescription& command, std::string_view what, std::string_view text) {
    if (text.contains('\0')) {
        return refuse_command(
            command, std::string(what) + " contains a NUL character, at which Linux would cut it");
    }
    return {};
}

WinResult<> check_variable(const CommandDescription& command, const std::string& variable) {
    if (variable.starts_with('=')) {
        return refuse_command(command, "a variable's name is empty or contains '='");
    }
    return check_no_nul(command, "a variable", variable);
}

bool uses_environment(const CommandDescription& command) {
    return command.clears_environment || !command.variables.empty();
}

}  // namespace

WinResult<> check_command(const CommandDescription& command) {
    const Version running = Version::from(command.api->Version);
    const Version since = slot_of(ApiCall::ExecuteBinaryInDistribution).since;
    if (!command.target.is_root_namespace() && running < since) {
        return requires_update("Running a program in a distribution", since, running);
    }
    if (!command.path.starts_with('/')) {
        return refuse_command(command, "the path must be absolute, WSL does not search PATH");
    }
    WinResult<> good = check_no_nul(command, "the path", command.path);
    if (good && command.arg0) {
        good = check_no_nul(command, "argument 0", *command.arg0);
    }
    for (std::size_t i = 0; good && i < command.arguments.size(); ++i) {
        // The name of an argument is made up where it is needed, not for each of a thousand.
        if (command.arguments[i].contains('\0')) {
            good = check_no_nul(command, "argument " + std::to_string(i + 1), command.arguments[i]);
        }
    }
    return good;
}

WinResult<> check_raw(const CommandDescription& command) {
    if (uses_environment(command) || command.folder || command.user || !command.input.empty()) {
        return refuse_command(
            command,
            "environment, working folder, user and input need the helper; call `run` or `spawn`");
    }
    constexpr std::string_view why =
        " is empty, and WSL ends the list of arguments at an empty one; `run` and `spawn` "
        "can carry it";
    if (command.arg0 && command.arg0->empty()) {
        return refuse_command(command, "argument 0" + std::string(why));
    }
    for (std::size_t i = 0; i < command.arguments.size(); ++i) {
        if (command.arguments[i].empty()) {
            return refuse_command(command, "argument " + std::to_string(i + 1) + std::string(why));
        }
    }
    return {};
}

WinResult<> check_helped(const CommandDescription& command) {
    if (uses_environment(command) && command.path.contains('=')) {
        return refuse_command(command,
                              "with an environment, `env` would take a path with '=' for a "
                              "variable");
    }
    WinResult<> good;
    for (std::size_t i = 0; good && i < command.variables.size(); ++i) {
        good = check_variable(command, command.variables[i]);
    }
    if (good && command.folder) {
        good = command.folder->starts_with('/')
                   ? check_no_nul(command, "the working folder", *command.folder)
                   : refuse_command(command, "the working folder must be an absolute path");
    }
    if (good && command.user) {
        good = command.user->empty() || command.user->starts_with('-')
                   ? refuse_command(command, "'" + *command.user + "' is no user's name")
                   : check_no_nul(command, "the user's name", *command.user);
    }
    return good;
}

}  // namespace wslplugins::detail
