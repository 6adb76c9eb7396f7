// SPDX-License-Identifier: MIT
/// @file
/// `WslcCommand`: a Linux program to be run as root in a container session's virtual machine.
///
/// It runs beside the containers, in the machine's root namespace, not in one of them. WSL starts it directly:
/// no shell and no helper, with three streams and an exit code of its own, which is why it needs less of the
/// Linux side than `Command`. The words are those of `Command`; what WSL cannot set here is not here: the
/// working folder, the user, and ending the program.
///
/// When there is a virtual machine: until WSL 2.9.4 from `on_wslc_session_created` on. From 2.9.5 on between
/// `on_wslc_vm_started` and `on_wslc_vm_stopping`; WSL starts no machine for a plugin's call. Each call counts as
/// use of the machine for a moment, but a program that runs in it does not: the machine may stop for being idle
/// and end it (read in WSL's source).
#pragma once

#include <wslplugins/abi/api_v1.hpp>
#include <wslplugins/api/command_output.hpp>
#include <wslplugins/api/wslc/wslc_process.hpp>
#include <wslplugins/api/wslc/wslc_session_id.hpp>

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins {

/// Describes what to run; `spawn` and `run` run it, as often as called. Copyable. There is nothing to prepare:
/// WSL takes the arguments as they are.
///
/// What is wrong with the description is reported by `spawn` and `run`, so that a chain of calls needs one
/// check: E_INVALIDARG, with a reason, for a NUL character anywhere, a variable without a name, and a path that
/// is empty or relative. An empty argument is passed on.
class WslcCommand {
public:
    /// Of `time_limit`.
    static constexpr std::chrono::milliseconds default_time_limit = std::chrono::seconds(30);
    /// Of `output_limit`.
    static constexpr std::size_t default_output_limit = std::size_t{16} * 1024 * 1024;

    /// `api` is WSL's table, valid while the plugin is loaded. Use `Api::command`.
    WslcCommand(const abi::WSLPluginAPIV1* api, WslcSessionId session, std::string_view path);

    /// @{
    /// Adds to the arguments behind the program's own name, in order. Text is UTF-8, or any bytes without NUL.
    WslcCommand& arg(std::string_view argument);
    WslcCommand& args(std::span<const std::string> arguments);
    WslcCommand& args(std::initializer_list<std::string_view> arguments);
    /// @}

    /// Takes all arguments away, and leaves `arg0`.
    WslcCommand& clear_args() noexcept;

    /// Keeps the first `count` arguments.
    WslcCommand& truncate_args(std::size_t count) noexcept;

    /// What the program finds as its own name; the path, if not set.
    WslcCommand& arg0(std::string_view name);
    /// The program finds its path as its own name again.
    WslcCommand& reset_arg0() noexcept;

    /// Sets a variable of the program's environment; the last one of a name counts. The program has no other
    /// variables than those set here, not even PATH.
    WslcCommand& environment(std::string_view name, std::string_view value);

    /// What the program reads from its standard input under `run`; nothing, if not set. Any bytes, any size.
    WslcCommand& input(std::string_view bytes);

    /// How long `run` waits for the program's end, from when WSL has started it; starting it is bounded by WSL
    /// alone. 30 seconds, if not set; a year at most.
    WslcCommand& time_limit(std::chrono::milliseconds limit);

    /// How many bytes `run` accepts, standard output and standard error together; 16 MiB, if not set.
    WslcCommand& output_limit(std::size_t bytes);

    /// @{
    /// What was described so far, as it was given.
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] const std::string& arg0() const noexcept { return arg0_ ? *arg0_ : path_; }
    [[nodiscard]] bool has_own_arg0() const noexcept { return arg0_.has_value(); }
    [[nodiscard]] const std::vector<std::string>& arguments() const noexcept { return arguments_; }
    [[nodiscard]] WslcSessionId session() const noexcept { return session_; }
    /// @}

    /// Starts the program. Blocks until WSL has started it. In a hook, call it on the hook's own thread.
    /// @return WSL_E_PLUGIN_REQUIRES_UPDATE before WSL 2.9.0. When Linux cannot execute the program,
    ///         `Error::linux_error()` has the reason and the code is what it means: ERROR_FILE_NOT_FOUND when
    ///         there is no such program, E_ACCESSDENIED when it may not be executed, else E_FAIL.
    ///         WSLC_E_VM_NOT_RUNNING when the session has no virtual machine; WSLC_E_SESSION_NOT_FOUND
    ///         when there is no such session (any more); E_ABORT and RPC codes when the machine or the session
    ///         ends meanwhile; RPC_E_DISCONNECTED while the service stops.
    [[nodiscard]] WinResult<WslcProcess> spawn() const;

    /// Runs the program to its end: until it has ended and both its output streams have. A child that it leaves
    /// behind with them is waited for, because WSL tells nothing of what is still on its way: have it write
    /// elsewhere.
    ///
    /// Where a limit is passed, the streams are closed; WSL has no way to end the program.
    /// @return as `spawn`; ERROR_TIMEOUT past the time limit; ERROR_BUFFER_OVERFLOW past the output limit.
    [[nodiscard]] WinResult<CommandOutput> run() const;

private:
    [[nodiscard]] WinResult<> check() const;
    [[nodiscard]] abi::HRESULT create(abi::WSLCProcessHandle* process, int& linux_error) const;
    [[nodiscard]] WinResult<std::shared_ptr<detail::WslcProcessState>> start() const;

    const abi::WSLPluginAPIV1* api_;
    WslcSessionId session_;
    std::string path_;
    std::optional<std::string> arg0_;
    std::vector<std::string> arguments_;
    std::vector<std::string> variables_;  // NAME=value
    std::string input_;
    std::chrono::milliseconds time_limit_ = default_time_limit;
    std::size_t output_limit_ = default_output_limit;
};

}  // namespace wslplugins
