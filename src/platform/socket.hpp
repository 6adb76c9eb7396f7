// SPDX-License-Identifier: MIT
/// @file
/// `Socket`: a connected TCP stream, on Winsock and on POSIX. `Listener`: a listener on loopback.
#pragma once

#include <wslplugins/core/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace wslplugins::platform {

/// No socket: Winsock's INVALID_SOCKET, and -1 as a descriptor.
inline constexpr abi::SOCKET invalid_socket = ~abi::SOCKET{0};

/// A point in time to wait until; none waits for ever.
using Deadline = std::optional<std::chrono::steady_clock::time_point>;

/// Prepares the process for sockets, once; does nothing where none is needed. A plugin need not call it:
/// the service has done so before it hands out a socket.
[[nodiscard]] WinResult<> start_sockets();

/// Owns a connected stream socket and closes it. Movable; one thread may send while another receives.
class Socket {
public:
    Socket() noexcept = default;
    explicit Socket(abi::SOCKET raw) noexcept : raw_(raw) {}
    Socket(Socket&& other) noexcept : raw_(other.release()) {}
    Socket& operator=(Socket&& other) noexcept;
    ~Socket();

    /// Connects to a listener on 127.0.0.1.
    [[nodiscard]] static WinResult<Socket> connect_loopback(std::uint16_t port);

    [[nodiscard]] bool is_open() const noexcept { return raw_ != invalid_socket; }
    [[nodiscard]] abi::SOCKET raw() const noexcept { return raw_; }

    /// Gives the socket away: the caller closes it.
    [[nodiscard]] abi::SOCKET release() noexcept;

    void close() noexcept;

    /// Closes it so that the peer's next call fails: the connection was reset. What the peer has not read yet is
    /// lost with it on Windows.
    void reset() noexcept;

    /// Waits for data and reads what is there. @return 0 at the end of the stream; ERROR_TIMEOUT when the
    /// deadline passes first.
    [[nodiscard]] WinResult<std::size_t> receive(std::span<std::byte> into, Deadline deadline = {});

    /// Reads until `into` is full. @return ERROR_NO_DATA when the stream ends before.
    [[nodiscard]] WinResult<> receive_exactly(std::span<std::byte> into, Deadline deadline = {});

    /// Sends everything. @return ERROR_TIMEOUT when the deadline passes first. On Windows a blocking
    /// socket may keep the call past its deadline: `set_blocking(false)` first.
    [[nodiscard]] WinResult<> send_all(std::span<const std::byte> bytes, Deadline deadline = {});

    /// Sends as much as goes at once, without waiting, from a socket that does not block.
    /// @return how many bytes; 0 when none.
    [[nodiscard]] WinResult<std::size_t> send_some(std::span<const std::byte> bytes);

    /// Whether Winsock's own calls wait; the functions here wait in either mode where they say so.
    [[nodiscard]] WinResult<> set_blocking(bool blocking);

    /// Ends the stream towards the peer, which then reads its end; receiving goes on.
    [[nodiscard]] WinResult<> shutdown_send();

private:
    abi::SOCKET raw_ = invalid_socket;
};

/// A socket that is waited for together with others.
struct Awaited {
    const Socket* socket = nullptr;
    enum class For { Reading, Writing } what = For::Reading;
    bool is_ready = false;  ///< Set by `wait_for_any`.
};

/// Waits until one of at most eight sockets is ready or has failed. It may return when none is: wait again
/// then. @return ERROR_TIMEOUT when the deadline passes first.
[[nodiscard]] WinResult<> wait_for_any(std::span<Awaited> sockets, Deadline deadline);

/// Listens on 127.0.0.1 at a port that the system chooses.
class Listener {
public:
    [[nodiscard]] static WinResult<Listener> open();

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] abi::SOCKET raw() const noexcept { return socket_.raw(); }

    /// Waits for the next connection.
    [[nodiscard]] WinResult<Socket> accept(Deadline deadline = {});

private:
    Listener(Socket socket, std::uint16_t port) noexcept
        : socket_(std::move(socket)), port_(port) {}

    Socket socket_;
    std::uint16_t port_;
};

/// Two ends of one TCP connection on loopback.
struct SocketPair {
    Socket first;
    Socket second;
};

/// Makes a connection with itself; a connection that somebody else makes to it meanwhile is closed.
[[nodiscard]] WinResult<SocketPair> connected_pair();

}  // namespace wslplugins::platform
