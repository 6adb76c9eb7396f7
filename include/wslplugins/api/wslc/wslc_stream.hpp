// SPDX-License-Identifier: MIT
/// @file
/// `WslcInput` and `WslcOutput`: the standard streams of a program in a container session's virtual machine.
///
/// Each owns its end of a socket of its own, so that one may be full, closed or waited for without the others.
/// A stream may be used on any thread, by one thread at a time. While it lives, so does the program's handle:
/// WSL wants that released last, so destroy the stream before its `WslcProcess`, or on the process's thread.
#pragma once

#include <wslplugins/abi/types.hpp>
#include <wslplugins/api/deadline.hpp>
#include <wslplugins/core/result.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace wslplugins {

namespace detail {
struct WslcStreamState;
}

/// The program's standard input. Destroying it closes it. Movable.
class WslcInput {
public:
    /// `WslcProcess::take_stdin` makes one.
    explicit WslcInput(std::unique_ptr<detail::WslcStreamState> state) noexcept;
    /// @{
    /// The other one is left without a stream. Assigning closes the one that was there.
    WslcInput(WslcInput&&) noexcept;
    WslcInput& operator=(WslcInput&&) noexcept;
    /// @}
    ~WslcInput();

    /// Sends everything. Blocks while the program does not read.
    /// @return ERROR_TIMEOUT when the deadline passes first, and a code of the connection when the program has
    ///         closed its standard input; how much it got is unknown then. ERROR_INVALID_STATE after `close`.
    [[nodiscard]] WinResult<> write(std::string_view bytes, Deadline deadline = {});

    /// The program reads the end of its standard input. Closing it again does nothing.
    void close() noexcept;

    /// The socket as WSL handed it out, for what this class does not do; it stays this object's.
    [[nodiscard]] abi::HANDLE raw() const noexcept;

private:
    std::unique_ptr<detail::WslcStreamState> state_;
};

/// The program's standard output or standard error. Destroying it closes it: the program's writing then fails.
/// Movable.
class WslcOutput {
public:
    /// `WslcProcess::take_stdout` and `take_stderr` make one.
    explicit WslcOutput(std::unique_ptr<detail::WslcStreamState> state) noexcept;
    /// @{
    /// The other one is left without a stream. Assigning closes the one that was there.
    WslcOutput(WslcOutput&&) noexcept;
    WslcOutput& operator=(WslcOutput&&) noexcept;
    /// @}
    ~WslcOutput();

    /// Waits for output and reads what is there.
    /// @return how many bytes; 0 when the program, and every child that has the stream, has closed it.
    ///         ERROR_TIMEOUT when the deadline passes first; what comes later can still be read.
    ///         ERROR_INVALID_STATE after `close`.
    [[nodiscard]] WinResult<std::size_t> read(std::span<char> into, Deadline deadline = {});

    /// Closing it again does nothing.
    void close() noexcept;

    /// The socket as WSL handed it out, for what this class does not do; it stays this object's.
    [[nodiscard]] abi::HANDLE raw() const noexcept;

private:
    std::unique_ptr<detail::WslcStreamState> state_;
};

}  // namespace wslplugins
