// SPDX-License-Identifier: MIT
/// @file
/// `WslcProcess`: a program that a plugin started in a container session's virtual machine, and
/// `WslcExitEvent`, which tells that it has ended.
#pragma once

#include <wslplugins/abi/information.hpp>
#include <wslplugins/api/exit_status.hpp>
#include <wslplugins/api/wslc/wslc_stream.hpp>

#include <memory>

namespace wslplugins {

namespace detail {
class WslcProcessState;
struct WslcExitEventState;
}  // namespace detail

/// Signalled when the program has ended, or its virtual machine has. Movable; any thread may wait, several at
/// once. It keeps the program's handle alive, as a stream does.
class WslcExitEvent {
public:
    /// `WslcProcess::exit_event` makes one.
    explicit WslcExitEvent(std::unique_ptr<detail::WslcExitEventState> state) noexcept;
    /// @{
    /// The other one is left without an event.
    WslcExitEvent(WslcExitEvent&&) noexcept;
    WslcExitEvent& operator=(WslcExitEvent&&) noexcept;
    /// @}
    ~WslcExitEvent();

    /// @return ERROR_TIMEOUT when the deadline passes first.
    [[nodiscard]] WinResult<> wait(Deadline deadline = {}) const;

    /// The event as WSL handed it out, to be waited for together with others; it stays this object's.
    [[nodiscard]] abi::HANDLE raw() const noexcept;

private:
    std::unique_ptr<detail::WslcExitEventState> state_;
};

/// Owns WSL's handle of the program. Destroying it does not end the program, and nothing else does but the
/// program itself and the end of the virtual machine, which a program of a plugin's does not keep running.
/// Movable.
///
/// **The handle belongs to the thread that started the program**, and so does every function here: WSL's own
/// test plugin says in a comment that other threads get RPC_E_WRONG_THREAD. A call from another thread is
/// refused with that code before it reaches WSL. What other threads may have is a stream or an exit event,
/// taken here first.
///
/// WSL's handle is released on that thread when this object, its streams and its exit events are gone.
/// When the last of them is destroyed on another thread, the handle is left to WSL until the service ends,
/// because releasing it there is not safe: a small leak instead of a broken service. So destroy streams and
/// events first, and this object last, on its own thread.
class WslcProcess {
public:
    /// `WslcCommand::spawn` makes one.
    explicit WslcProcess(std::shared_ptr<detail::WslcProcessState> state) noexcept;
    /// @{
    /// The other one is left without a process.
    WslcProcess(WslcProcess&&) noexcept;
    WslcProcess& operator=(WslcProcess&&) noexcept;
    /// @}
    ~WslcProcess();

    /// WSL hands each standard stream out once. A stream that nobody takes stays open on WSL's side until the
    /// handle is released: a program that reads its input to the end waits for that, and one that writes much
    /// waits too.
    /// @return ERROR_INVALID_STATE the second time; RPC_E_WRONG_THREAD.
    [[nodiscard]] WinResult<WslcInput> take_stdin();
    /// @{
    /// As `take_stdin`.
    [[nodiscard]] WinResult<WslcOutput> take_stdout();
    [[nodiscard]] WinResult<WslcOutput> take_stderr();
    /// @}

    /// Another event each time, all of the same program.
    /// @return RPC_E_WRONG_THREAD.
    [[nodiscard]] WinResult<WslcExitEvent> exit_event() const;

    /// WSL gives one number: an exit code, or 128 and the signal's number. Numbers from 129 to 192 are given as
    /// signals here; a program that itself exits with such a number cannot be told apart. A program that ended
    /// with its virtual machine has signal 9.
    /// @return ERROR_INVALID_STATE while the program runs; RPC_E_WRONG_THREAD.
    [[nodiscard]] WinResult<ExitStatus> exit_status() const;

    /// Waits until the program has ended, whether or not its output has been read. A program whose output nobody
    /// reads may not end before somebody does.
    /// @return ERROR_TIMEOUT when the deadline passes first; the program runs on. RPC_E_WRONG_THREAD.
    [[nodiscard]] WinResult<ExitStatus> wait(Deadline deadline = {}) const;

    /// WSL's handle, for what this class does not do. It stays this object's: do not release it, and close
    /// what you get through it before this object ends.
    [[nodiscard]] abi::WSLCProcessHandle raw() const noexcept;

private:
    std::shared_ptr<detail::WslcProcessState> state_;
};

}  // namespace wslplugins
