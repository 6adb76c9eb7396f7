// SPDX-License-Identifier: MIT
/// @file
/// The few socket calls that Winsock and POSIX spell differently; `socket.cpp` is written on them once.
#pragma once

#include "platform/socket.hpp"

namespace wslplugins::platform::socket_calls {

/// What a call did: how much, or an error in its HRESULT form.
struct Outcome {
    std::size_t count = 0;
    HResult error;
    bool would_block = false;  ///< Nothing done yet, nothing wrong: wait until the socket is ready.
};

enum class Ready { Read, Write };

/// A socket that is waited for together with others.
struct Awaited {
    abi::SOCKET socket = invalid_socket;
    Ready ready_to = Ready::Read;
    bool is_ready = false;
};

[[nodiscard]] Outcome start() noexcept;
[[nodiscard]] abi::SOCKET open_stream(HResult& error) noexcept;
[[nodiscard]] HResult connect_loopback(abi::SOCKET socket, std::uint16_t port) noexcept;
[[nodiscard]] HResult listen_on_loopback(abi::SOCKET socket, std::uint16_t& port) noexcept;
[[nodiscard]] abi::SOCKET accept(abi::SOCKET socket, HResult& error) noexcept;
[[nodiscard]] Outcome receive(abi::SOCKET socket, std::span<std::byte> into) noexcept;
/// On POSIX it never waits, whatever the socket's mode.
[[nodiscard]] Outcome send(abi::SOCKET socket, std::span<const std::byte> bytes) noexcept;
[[nodiscard]] HResult shutdown_send(abi::SOCKET socket) noexcept;
[[nodiscard]] HResult local_port(abi::SOCKET socket, std::uint16_t& port) noexcept;
[[nodiscard]] HResult peer_port(abi::SOCKET socket, std::uint16_t& port) noexcept;
[[nodiscard]] HResult set_blocking(abi::SOCKET socket, bool blocking) noexcept;
/// The peer is told of the close by a reset.
void reset_on_close(abi::SOCKET socket) noexcept;
void close(abi::SOCKET socket) noexcept;

/// Waits until the socket is ready. @return ERROR_TIMEOUT when `milliseconds` pass first; -1 waits for ever.
[[nodiscard]] HResult wait(abi::SOCKET socket, Ready ready, int milliseconds) noexcept;

/// As `wait`, for the first of several that is ready; says which are. `most_awaited` at most.
[[nodiscard]] HResult wait_any(std::span<Awaited> sockets, int milliseconds) noexcept;
inline constexpr std::size_t most_awaited = 8;

}  // namespace wslplugins::platform::socket_calls
