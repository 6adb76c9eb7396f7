// SPDX-License-Identifier: MIT
/// @file
/// `Process`: a Linux program that a plugin started, with its own end in the plugin's hand.
#pragma once

#include <wslplugins/api/deadline.hpp>
#include <wslplugins/api/exit_status.hpp>
#include <wslplugins/core/result.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace wslplugins {

namespace detail {
class HelpedProgram;
}

/// The program's life hangs on this object: destroying it ends the program, as `cancel` does, and so does
/// the end of the plugin's own process, whatever ends it. For a program that is to go on alone use
/// `Command::spawn_raw`. Movable.
///
/// What ends with it is the program's process group. A child that has left the group (a daemon) and a program
/// that has ended in order (its background children) are left alone.
///
/// Standard input and standard output are two channels: either may be full or closed while the other is used.
/// One thread may write while another reads; `wait`, `cancel` and `close_stdin` are for one thread at a time.
/// What the program writes to standard error goes to the virtual machine's kernel log; `Command::run` hands
/// it out.
class Process {
public:
    /// `Command::spawn` makes one.
    explicit Process(std::unique_ptr<detail::HelpedProgram> program) noexcept;
    /// @{
    /// The other one is left without a process.
    Process(Process&&) noexcept;
    Process& operator=(Process&&) noexcept;
    /// @}
    ~Process();

    /// Sends everything to the program's standard input. Blocks while the program does not read, so a
    /// program that answers while it reads must be read from meanwhile: by another thread, in turns with
    /// deadlines, or by `Command::run` with `Command::input`.
    /// @return ERROR_TIMEOUT when the deadline passes first, and a code of the connection when the program
    ///         has closed its standard input; how much the program got is unknown then.
    [[nodiscard]] WinResult<> write(std::string_view bytes, Deadline deadline = {});

    /// The program reads the end of its standard input. Closing it again does nothing.
    [[nodiscard]] WinResult<> close_stdin();

    /// Waits for output and reads what is there.
    /// @return how many bytes; 0 when the program and all children that have it have closed standard output,
    ///         also after `cancel`. ERROR_TIMEOUT when the deadline passes first; what comes later can still be
    ///         read.
    [[nodiscard]] WinResult<std::size_t> read(std::span<char> into, Deadline deadline = {});

    /// Waits until the program has ended, whether or not its output has been read. A program that writes
    /// more than a pipe holds (64 KiB) does not end before it is read from.
    /// @return ERROR_TIMEOUT when the deadline passes first (the program runs on: `cancel` it); E_ABORT when
    ///         the helper was ended from outside, or after `cancel`.
    [[nodiscard]] WinResult<ExitStatus> wait(Deadline deadline = {});

    /// Ends the program (SIGKILL to its process group), unless it has ended already. Does not wait.
    void cancel() noexcept;

private:
    std::unique_ptr<detail::HelpedProgram> program_;
};

}  // namespace wslplugins
