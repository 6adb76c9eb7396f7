// SPDX-License-Identifier: MIT
/// @file
/// `RawProcess`: a Linux program that a plugin started without the helper.
///
/// WSL connects one socket with the program's standard input and output, and that is all: there is no
/// exit code, no process number and no way to end the program. What it writes to standard error goes to the
/// virtual machine's kernel log (`dmesg`).
#pragma once

#include <wslplugins/abi/types.hpp>
#include <wslplugins/api/deadline.hpp>
#include <wslplugins/core/result.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace wslplugins {

/// Owns the connection. Destroying it closes the connection, which does not end the program: it reads the
/// end of its input, and writing to its output then fails. Movable; one thread may write while another
/// reads.
class RawProcess {
public:
    /// Takes over a socket that WSL handed out.
    explicit RawProcess(abi::SOCKET socket) noexcept;
    /// @{
    /// The other one is left without a connection. Assigning closes the one that was there.
    RawProcess(RawProcess&& other) noexcept;
    RawProcess& operator=(RawProcess&& other) noexcept;
    /// @}
    ~RawProcess();

    /// Sends everything to the program's standard input. Blocks while the program does not read.
    /// @return ERROR_TIMEOUT when the deadline passes first; how much the program got is unknown then.
    [[nodiscard]] WinResult<> write(std::string_view bytes, Deadline deadline = {});

    /// The program reads the end of its standard input; reading its output goes on.
    [[nodiscard]] WinResult<> close_stdin();

    /// Waits for output and reads what is there.
    /// @return how many bytes; 0 when the program has closed its standard output. ERROR_TIMEOUT when the
    ///         deadline passes first; what comes later can still be read.
    [[nodiscard]] WinResult<std::size_t> read(std::span<char> into, Deadline deadline = {});

    /// Gives the socket away; the caller closes it with `closesocket`. The process is then closed.
    [[nodiscard]] abi::SOCKET release() noexcept;

private:
    abi::SOCKET stream_;
};

}  // namespace wslplugins
