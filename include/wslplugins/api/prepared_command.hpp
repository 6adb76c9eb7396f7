// SPDX-License-Identifier: MIT
/// @file
/// `PreparedCommand`: a command that has been checked and put into WSL's form, to be run many times.
#pragma once

#include <wslplugins/api/command_output.hpp>
#include <wslplugins/api/process.hpp>
#include <wslplugins/api/raw_process.hpp>

#include <memory>
#include <string>

namespace wslplugins {

namespace detail {
struct PreparedState;
}

/// `Command::prepare` makes one. Copies share what was prepared, which never changes; any thread may run it,
/// several at once. Every function does what the one of the same name does in `Command`.
class PreparedCommand {
public:
    /// For `Command::prepare`.
    explicit PreparedCommand(std::shared_ptr<const detail::PreparedState> state) noexcept
        : state_(std::move(state)) {}

    /// @{
    /// As the function of that name in `Command`.
    [[nodiscard]] WinResult<CommandOutput> run() const;
    [[nodiscard]] WinResult<Process> spawn() const;
    [[nodiscard]] WinResult<std::string> run_raw() const;
    [[nodiscard]] WinResult<RawProcess> spawn_raw() const;
    /// @}

private:
    std::shared_ptr<const detail::PreparedState> state_;
};

}  // namespace wslplugins
