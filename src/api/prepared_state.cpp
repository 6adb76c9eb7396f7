// SPDX-License-Identifier: MIT
#include "api/prepared_state.hpp"

#include "api/call_failure.hpp"

namespace wslplugins::detail {

Argv::Argv(std::vector<std::string> texts) : texts_(std::move(texts)) {
    execution_.path = texts_.front().c_str();
    execution_.arguments.reserve(texts_.size() + 1);
    for (const std::string& text : texts_) {
        execution_.arguments.push_back(text.c_str());
    }
    execution_.arguments.push_back(nullptr);
}

Execution raw_execution(const CommandDescription& command) {
    Execution raw{.path = command.path.c_str(), .arguments = {}};
    raw.arguments.reserve(command.arguments.size() + 2);
    raw.arguments.push_back(command.arg0 ? command.arg0->c_str() : command.path.c_str());
    for (const std::string& argument : command.arguments) {
        raw.arguments.push_back(argument.c_str());
    }
    raw.arguments.push_back(nullptr);
    return raw;
}

HResult execute(const CommandDescription& command, const Execution& what, platform::Socket& into) {
    const abi::WSLPluginAPIV1& api = *command.api;
    // WSL takes the list as not constant, and does not change it.
    auto* const arguments = const_cast<abi::LPCSTR*>(what.arguments.data());
    abi::SOCKET socket = platform::invalid_socket;
    HResult code;
    if (const auto& distribution = command.target.distribution()) {
        const abi::GUID id = distribution->raw();
        code = HResult(api.ExecuteBinaryInDistribution(
            command.session.value(), &id, what.path, arguments, &socket));
    } else {
        code = HResult(api.ExecuteBinary(command.session.value(), what.path, arguments, &socket));
    }
    if (code.is_success()) {
        into = platform::Socket(socket);
    }
    return code;
}

std::string target_name(const CommandDescription& command) {
    return command.target.is_root_namespace()
               ? "the virtual machine of session " + std::to_string(command.session.value())
               : to_string(command.target);
}

WinResult<platform::Socket> start_raw(const CommandDescription& command, const Execution& what) {
    platform::Socket stream;
    if (const HResult code = execute(command, what, stream); code.is_failure()) {
        return call_failure(code, "Starting '" + command.path + "' in " + target_name(command));
    }
    return stream;
}

}  // namespace wslplugins::detail
