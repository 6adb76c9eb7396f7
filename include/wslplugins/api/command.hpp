// SPDX-License-Identifier: MIT
/// @file
/// `Command`: a Linux program to be run, in the virtual machine or in a running distribution.
///
/// In the virtual machine it runs beside WSL's own init, in a small read-only system that is no distribution.
/// The program is executed as it is: its arguments pass no shell's expansion, PATH is not searched.
///
/// There are two ways, and the name says which:
///
/// - `run` and `spawn` go through a **helper** on the Linux side, because WSL itself hands out nothing but one
///   socket. The helper gives the exit status, standard error, environment, folder and user, and ends the
///   program when the plugin says so, a time limit passes, or the plugin's process ends. Each costs three calls
///   of ExecuteBinary (four with input), all on the calling thread.
/// - `run_raw` and `spawn_raw` are one call of ExecuteBinary: the program's standard input and output, as
///   root, with the environment of WSL's init. No exit status, and the program is never ended.
///
/// The helper needs `/bin/sh` (any POSIX shell), `cat` and a mounted /proc; `setsid` where WSL does not start
/// a program in a process group of its own; `env` to set variables; `setpriv` of util-linux and `id` to change
/// the user; `bash` for a name of its own (`arg0`). What is missing is named in the error
/// (ERROR_NOT_SUPPORTED), and nothing has run then. It writes no file. That WSL's root namespace has these is
/// inferred from what it is built from, not measured.
///
/// Nothing that a program prints, on whichever stream, passes for the helper's word: the exit status comes over
/// a socket that the program never has, and under `run` its output ends at a random mark that is made for that
/// run and written after the program's end. Programs of other users reach neither. Root on the Linux side can,
/// the program itself included where it runs as root: it may trace the helper, or end it (E_ABORT). A status
/// proves nothing to a plugin that does not trust root there.
///
/// Arguments and variables stand on the helper's command line, which every user there may read: hand secrets
/// over by `input` or `Process::write`.
#pragma once

#include <wslplugins/api/command_description.hpp>
#include <wslplugins/api/prepared_command.hpp>
#include <wslplugins/core/version.hpp>

#include <initializer_list>
#include <span>
#include <string_view>

namespace wslplugins {

/// Describes what to run, as often as called. Copyable.
///
/// What is wrong with the description is reported when it is prepared or run, so that a chain of calls needs
/// one check: E_INVALIDARG, with a reason, for what cannot cross. That is a path that is not absolute; a NUL
/// character anywhere; without the helper, an empty argument, where WSL would cut the list without a word (the
/// helper carries it); with it, a path with `=` together with an environment.
class Command {
public:
    /// Of `time_limit`.
    static constexpr std::chrono::milliseconds default_time_limit = std::chrono::seconds(30);
    /// Of `output_limit`.
    static constexpr std::size_t default_output_limit = std::size_t{16} * 1024 * 1024;

    /// `api` is WSL's table, valid while the plugin is loaded. Use `Api::command`.
    Command(const abi::WSLPluginAPIV1* api, SessionId session, std::string_view path);

    /// @{
    /// Adds to the arguments behind the program's own name, in order. Text is UTF-8, or any bytes without NUL.
    Command& arg(std::string_view argument);
    Command& args(std::span<const std::string> arguments);
    Command& args(std::initializer_list<std::string_view> arguments);
    /// @}

    /// Takes all arguments away, and leaves `arg0`.
    Command& clear_args() noexcept;

    /// Keeps the first `count` arguments.
    Command& truncate_args(std::size_t count) noexcept;

    /// What the program finds as its own name; the path, if not set. With the helper, bash then adds its
    /// variables (PWD, OLDPWD, SHLVL, `_`) to the environment, also to a cleared one.
    Command& arg0(std::string_view name);
    /// The program finds its path as its own name again.
    Command& reset_arg0() noexcept;

    /// Runs it in this distribution, which must be running under WSL 2 (since WSL 2.1.2), or in the virtual
    /// machine's root namespace, which is the default.
    Command& in(const DistributionTarget& target) noexcept;

    /// Sets a variable of the program's environment; the last one of a name counts. What is not set is as in
    /// the environment of WSL's init, and as the shell makes it (PWD; with bash also OLDPWD, SHLVL and `_`).
    Command& environment(std::string_view name, std::string_view value);

    /// The program has only the variables that are set here, before or after.
    Command& clear_environment() noexcept;

    /// An absolute path on the Linux side; WSL's own choice, if not set.
    Command& working_folder(std::string_view folder);

    /// A user's name or number on the Linux side, with that user's groups; the user as whom WSL runs it, root,
    /// if not set. Needs root there. The environment stays: set HOME and the like with `environment`. The user
    /// can use the three streams, but not open them again by a name such as /dev/stdout.
    Command& as_user(std::string_view user);

    /// What the program reads from its standard input under `run`; nothing, if not set. Any bytes, any size.
    /// To a program that was spawned write by `Process::write`.
    Command& input(std::string_view bytes);

    /// How long `run` and `run_raw` wait from when they are called to when the program has ended, and how
    /// long `spawn` waits for the helper. Not counted is what WSL itself takes to start something, which
    /// nothing bounds. 30 seconds, if not set; a year at most.
    Command& time_limit(std::chrono::milliseconds limit);

    /// How many bytes `run` and `run_raw` accept, standard output and standard error together; 16 MiB, if
    /// not set.
    Command& output_limit(std::size_t bytes);

    /// @{
    /// What was described so far, as it was given.
    [[nodiscard]] const std::string& path() const noexcept { return described_.path; }
    [[nodiscard]] const std::string& arg0() const noexcept {
        return described_.arg0 ? *described_.arg0 : described_.path;
    }
    [[nodiscard]] bool has_own_arg0() const noexcept { return described_.arg0.has_value(); }
    [[nodiscard]] const std::vector<std::string>& arguments() const noexcept {
        return described_.arguments;
    }
    [[nodiscard]] SessionId session() const noexcept { return described_.session; }

    [[nodiscard]] const DistributionTarget& target() const noexcept { return described_.target; }
    /// @}

    /// Checks the description and puts it into WSL's form, once for many runs. Runs nothing.
    /// @return E_INVALIDARG, see above; WSL_E_PLUGIN_REQUIRES_UPDATE before WSL 2.1.2 for a distribution.
    [[nodiscard]] WinResult<PreparedCommand> prepare() const;

    /// Runs the program to its end. Returns when the program itself has ended, with all that it has
    /// written by then: a daemon that it leaves behind, even one that keeps its streams open, is not waited
    /// for and not ended. What that writes later goes nowhere (SIGPIPE).
    ///
    /// The status is what the shell says. dash and bash tell a signal from an exit code of the same number,
    /// except for 130 and 141, which are always given as SIGINT and SIGPIPE. 126 and 127 may also say that Linux
    /// could not execute the program after all (its interpreter is missing); standard error says so then.
    ///
    /// From a hook, call this and all that follow on the hook's own thread: WSL holds the session's lock
    /// meanwhile, and another thread's call waits until the hook returns.
    /// @return ERROR_TIMEOUT past the time limit and ERROR_BUFFER_OVERFLOW past the output limit: the program's
    ///         process group has been ended then. ERROR_FILE_NOT_FOUND when there is no such program,
    ///         E_ACCESSDENIED when it may not be executed or the user cannot be changed for want of root,
    ///         ERROR_PATH_NOT_FOUND for the working folder, ERROR_NOT_FOUND for the user. ERROR_NOT_SUPPORTED
    ///         when the Linux side lacks something. E_ABORT when the helper was ended from outside.
    ///         From WSL: ERROR_INVALID_STATE when no virtual machine runs; RPC_E_DISCONNECTED when the session
    ///         is gone, as in stopping hooks while the service stops; WSL_E_VM_MODE_INVALID_STATE when the
    ///         distribution does not run; WSL_E_WSL2_NEEDED when it runs under WSL 1. As `prepare`.
    [[nodiscard]] WinResult<CommandOutput> run() const;

    /// Starts the program and returns when it has been started. @return as `run`; E_INVALIDARG where `input`
    /// was set.
    [[nodiscard]] WinResult<Process> spawn() const;

    /// Starts the program with nothing on its standard input, and reads its standard output to the end, with
    /// one call of WSL and nothing on the Linux side but the program. There is no exit code.
    ///
    /// Where a limit is passed, the connection is closed; the program is not ended by that.
    /// @return ERROR_TIMEOUT past the time limit; ERROR_BUFFER_OVERFLOW past the output limit; E_FAIL when the
    ///         program cannot be executed (WSL gives no reason); E_INVALIDARG where something was set that
    ///         needs the helper; what WSL answers, as `run`.
    [[nodiscard]] WinResult<std::string> run_raw() const;

    /// Starts the program in the same way. @return as `run_raw`.
    [[nodiscard]] WinResult<RawProcess> spawn_raw() const;

private:
    detail::CommandDescription described_;
};

}  // namespace wslplugins
