// SPDX-License-Identifier: MIT
/// @file
/// `Command`: a Linux program to be run as root, in the virtual machine or in a running distribution.
///
/// In the virtual machine it runs beside WSL's own init, in a small read-only system that is no distribution.
/// The program is executed as it is: no shell, no search in PATH, no working directory of its own.
#pragma once

#include <wslplugins/abi/api_v1.hpp>
#include <wslplugins/api/process.hpp>
#include <wslplugins/api/session_id.hpp>
#include <wslplugins/core/guid.hpp>
#include <wslplugins/core/version.hpp>

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins {

/// What a program wrote that ran to its end. There is no exit code in this channel.
struct CommandOutput {
    std::string standard_output;  ///< Bytes, as the program wrote them.
};

/// Describes what to run; `spawn` and `run` run it, as often as called. Copyable.
///
/// What is wrong with the description is reported by `spawn` and `run`, so that a chain of calls needs one
/// check: E_INVALIDARG for a path that is not absolute, and for a NUL character or an empty text among the
/// arguments, where WSL would cut the list without a word.
class Command {
public:
    static constexpr std::chrono::milliseconds default_time_limit = std::chrono::seconds(30);
    static constexpr std::size_t default_output_limit = std::size_t{16} * 1024 * 1024;

    /// `api` is WSL's table, valid while the plugin is loaded. Use `Api::command`.
    Command(const abi::WSLPluginAPIV1* api, SessionId session, std::string_view path);

    Command& arg(std::string_view argument);
    Command& args(std::span<const std::string> arguments);
    Command& args(std::initializer_list<std::string_view> arguments);

    /// What the program finds as its own name; the path, if not set.
    Command& arg0(std::string_view name);

    /// Runs it in this distribution, which must be running under WSL 2. Since WSL 2.1.2.
    Command& in_distribution(const Guid& distribution);

    /// How long `run` waits for the program's output to end, from when the program was started. A year
    /// at most.
    Command& time_limit(std::chrono::milliseconds limit);

    /// How many bytes `run` accepts.
    Command& output_limit(std::size_t bytes);

    /// Starts the program. Blocks until WSL has started it, which no limit bounds.
    ///
    /// From a hook, call it on the hook's own thread: WSL holds the session's lock meanwhile, and another
    /// thread's call waits until the hook returns.
    /// @return E_FAIL when the program cannot be executed (WSL gives no reason); ERROR_INVALID_STATE when no
    ///         virtual machine runs; RPC_E_DISCONNECTED when the session is gone, as in stopping hooks while
    ///         the service stops; WSL_E_VM_MODE_INVALID_STATE when the distribution does not run;
    ///         WSL_E_WSL2_NEEDED when it runs under WSL 1; WSL_E_PLUGIN_REQUIRES_UPDATE before WSL 2.1.2 with
    ///         `in_distribution`.
    [[nodiscard]] WinResult<Process> spawn() const;

    /// Starts the program with nothing on its standard input, and reads its output to the end.
    ///
    /// Where a limit is passed, the connection is closed; the program is not ended by that.
    /// @return as `spawn`; ERROR_TIMEOUT past the time limit; ERROR_BUFFER_OVERFLOW past the output limit.
    [[nodiscard]] WinResult<CommandOutput> run() const;

private:
    [[nodiscard]] WinResult<> check() const;
    [[nodiscard]] abi::HRESULT execute(abi::SOCKET& socket) const;

    const abi::WSLPluginAPIV1* api_;
    SessionId session_;
    std::string path_;
    std::optional<std::string> arg0_;
    std::vector<std::string> arguments_;
    std::optional<Guid> distribution_;
    std::chrono::milliseconds time_limit_ = default_time_limit;
    std::size_t output_limit_ = default_output_limit;
};

}  // namespace wslplugins
