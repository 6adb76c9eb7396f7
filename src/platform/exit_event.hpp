// SPDX-License-Identifier: MIT
/// @file
/// `ExitEvent`: what is signalled when a container program has ended; and the one place that says what a
/// Windows HANDLE is where there is no Windows.
///
/// **Natively a HANDLE is the number of a file descriptor.** A stream's is a connected stream socket. An event's
/// is a descriptor that becomes readable when it is signalled and stays so; nobody reads from it. A duplicate is
/// what `dup` makes. The owner closes each with `close`, as it would with CloseHandle. NULL is no handle, so
/// descriptor 0 never is one.
#pragma once

#include "platform/socket.hpp"

#include <wslplugins/core/result.hpp>

namespace wslplugins::platform {

/// Owns the handle of an event that stays signalled. Movable; any thread may wait or signal.
class ExitEvent {
public:
    ExitEvent() noexcept = default;
    explicit ExitEvent(abi::HANDLE raw) noexcept : raw_(raw) {}
    ExitEvent(ExitEvent&& other) noexcept : raw_(other.release()) {}
    ExitEvent& operator=(ExitEvent&& other) noexcept;
    ~ExitEvent();

    /// A new one, not signalled.
    [[nodiscard]] static WinResult<ExitEvent> create();

    /// Another handle of the same event, which may only be waited for.
    [[nodiscard]] WinResult<ExitEvent> duplicate_to_wait() const;

    [[nodiscard]] WinResult<> signal();

    /// @return ERROR_TIMEOUT when the deadline passes first.
    [[nodiscard]] WinResult<> wait(Deadline deadline = {}) const;

    [[nodiscard]] abi::HANDLE raw() const noexcept { return raw_; }

    /// Gives the handle away: the caller closes it.
    [[nodiscard]] abi::HANDLE release() noexcept;

private:
    void close() noexcept;

    abi::HANDLE raw_ = nullptr;
};

/// The socket whose handle this is. Once Winsock has been asked to read or write through it, it keeps notes of
/// the socket that only `closesocket` removes, so a `Socket` is to close it, not CloseHandle.
[[nodiscard]] inline abi::SOCKET socket_of(abi::HANDLE handle) noexcept {
    return reinterpret_cast<abi::SOCKET>(handle);
}

[[nodiscard]] inline abi::HANDLE handle_of(abi::SOCKET socket) noexcept {
    return reinterpret_cast<abi::HANDLE>(socket);
}

}  // namespace wslplugins::platform
