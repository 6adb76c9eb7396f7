// SPDX-License-Identifier: MIT
/// @file
/// What a command is made into once, and the one place that calls ExecuteBinary.
#pragma once

#include "platform/socket.hpp"

#include <wslplugins/api/command_description.hpp>
#include <wslplugins/core/result.hpp>

#include <optional>
#include <string>
#include <vector>

namespace wslplugins::detail {

/// What is executed, and its argv as WSL takes it: the texts are somebody else's, and a null ends the list.
struct Execution {
    const char* path = nullptr;
    std::vector<abi::LPCSTR> arguments;
};

/// Texts with an argv that points to them.
class Argv {
public:
    Argv() = default;
    explicit Argv(std::vector<std::string> texts);

    [[nodiscard]] const Execution& execution() const noexcept { return execution_; }

private:
    std::vector<std::string> texts_;  // a vector's elements stay where they are when it is moved
    Execution execution_;
};

/// Never moved once `raw` is made, which points into `command`.
struct PreparedState {
    CommandDescription command;
    std::optional<Error> no_raw{};  ///< Why it cannot be run without the helper.
    Execution raw{};
    Argv main{};
    Argv relay_in{};
    Argv relay_out{};
};

/// The program itself and its argv, as they are.
[[nodiscard]] Execution raw_execution(const CommandDescription& command);

/// Runs something in the command's target. @return what WSL answers, unexplained.
[[nodiscard]] HResult
execute(const CommandDescription& command, const Execution& what, platform::Socket& into);

/// "distribution {…}" or "the virtual machine of session 0", for messages.
[[nodiscard]] std::string target_name(const CommandDescription& command);

/// Starts the program without the helper.
[[nodiscard]] WinResult<platform::Socket> start_raw(const CommandDescription& command,
                                                    const Execution& what);

}  // namespace wslplugins::detail
