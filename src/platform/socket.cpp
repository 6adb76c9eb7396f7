// SPDX-License-Identifier: MIT
#include "platform/socket.hpp"

#include "platform/socket_calls.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

namespace wslplugins::platform {
namespace {

constexpr HResult stream_ended = HResult::from_win32(232);  // ERROR_NO_DATA

std::unexpected<Error> failed(HResult code, const char* what) {
    return failure(code, std::string(what) + " failed on a socket");
}

/// What is left until the deadline, as the waits take it; -1 without one.
int milliseconds_until(Deadline deadline) {
    if (!deadline) {
        return -1;
    }
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(
        left.count(), 0, std::numeric_limits<int>::max()));
}

HResult wait_until(abi::SOCKET socket, socket_calls::Ready ready, Deadline deadline) {
    return socket_calls::wait(socket, ready, milliseconds_until(deadline));
}

/// As `wait_until`; no wait where there is no deadline, the call itself blocks then.
HResult wait_for_deadline(abi::SOCKET socket, socket_calls::Ready ready, Deadline deadline) {
    return deadline ? wait_until(socket, ready, deadline) : HResult::ok;
}

}  // namespace

WinResult<> start_sockets() {
    static const HResult started = socket_calls::start().error;
    if (started.is_failure()) {
        return failed(started, "Starting Winsock");
    }
    return {};
}

Socket& Socket::operator=(Socket&& other) noexcept {
    if (this != &other) {
        close();
        raw_ = other.release();
    }
    return *this;
}

Socket::~Socket() {
    close();
}

WinResult<Socket> Socket::connect_loopback(std::uint16_t port) {
    HResult error;
    Socket socket(socket_calls::open_stream(error));
    if (error.is_success()) {
        error = socket_calls::connect_loopback(socket.raw(), port);
    }
    if (error.is_failure()) {
        return failure(error, "Connecting to 127.0.0.1:" + std::to_string(port) + " failed");
    }
    return socket;
}

abi::SOCKET Socket::release() noexcept {
    return std::exchange(raw_, invalid_socket);
}

void Socket::close() noexcept {
    if (is_open()) {
        socket_calls::close(release());
    }
}

void Socket::reset() noexcept {
    if (is_open()) {
        socket_calls::reset_on_close(raw_);
        close();
    }
}

WinResult<std::size_t> Socket::receive(std::span<std::byte> into, Deadline deadline) {
    HResult ready = wait_for_deadline(raw_, socket_calls::Ready::Read, deadline);
    while (ready.is_success()) {
        const socket_calls::Outcome outcome = socket_calls::receive(raw_, into);
        if (outcome.error.is_success()) {
            return outcome.count;
        }
        if (!outcome.would_block) {
            return failed(outcome.error, "Receiving");
        }
        ready = wait_until(raw_, socket_calls::Ready::Read, deadline);
    }
    return failed(ready, "Waiting for data");
}

WinResult<> Socket::receive_exactly(std::span<std::byte> into, Deadline deadline) {
    while (!into.empty()) {
        const auto count = receive(into, deadline);
        if (!count) {
            return propagate(count.error());
        }
        if (*count == 0) {
            return failure(stream_ended,
                           "The peer closed the connection in the middle of a message");
        }
        into = into.subspan(*count);
    }
    return {};
}

WinResult<> Socket::send_all(std::span<const std::byte> bytes, Deadline deadline) {
    while (!bytes.empty()) {
        if (const HResult ready = wait_until(raw_, socket_calls::Ready::Write, deadline);
            ready.is_failure()) {
            return failed(ready, "Waiting to send");
        }
        const auto sent = send_some(bytes);
        if (!sent) {
            return propagate(sent.error());
        }
        bytes = bytes.subspan(*sent);
    }
    return {};
}

WinResult<std::size_t> Socket::send_some(std::span<const std::byte> bytes) {
    const socket_calls::Outcome outcome = socket_calls::send(raw_, bytes);
    if (outcome.error.is_failure() && !outcome.would_block) {
        return failed(outcome.error, "Sending");
    }
    return outcome.count;
}

WinResult<> Socket::set_blocking(bool blocking) {
    if (const HResult error = socket_calls::set_blocking(raw_, blocking); error.is_failure()) {
        return failed(error, "Choosing whether calls wait");
    }
    return {};
}

WinResult<> Socket::shutdown_send() {
    if (const HResult error = socket_calls::shutdown_send(raw_); error.is_failure()) {
        return failed(error, "Ending the stream");
    }
    return {};
}

WinResult<> wait_for_any(std::span<Awaited> sockets, Deadline deadline) {
    std::array<socket_calls::Awaited, socket_calls::most_awaited> awaited{};
    if (sockets.size() > awaited.size()) {
        return failed(HResult::invalid_argument, "Waiting for too many at once");
    }
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        awaited[i].socket = sockets[i].socket->raw();
        awaited[i].ready_to = sockets[i].what == Awaited::For::Reading ? socket_calls::Ready::Read
                                                                       : socket_calls::Ready::Write;
    }
    const HResult ready = socket_calls::wait_any(std::span(awaited).first(sockets.size()),
                                                 milliseconds_until(deadline));
    if (ready.is_failure()) {
        return failed(ready, "Waiting for one of several");
    }
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        sockets[i].is_ready = awaited[i].is_ready;
    }
    return {};
}

WinResult<Listener> Listener::open() {
    HResult error;
    Socket socket(socket_calls::open_stream(error));
    std::uint16_t port = 0;
    if (error.is_success()) {
        error = socket_calls::listen_on_loopback(socket.raw(), port);
    }
    if (error.is_failure()) {
        return failed(error, "Listening on 127.0.0.1");
    }
    return Listener(std::move(socket), port);
}

WinResult<Socket> Listener::accept(Deadline deadline) {
    if (const HResult ready = wait_for_deadline(raw(), socket_calls::Ready::Read, deadline);
        ready.is_failure()) {
        return failed(ready, "Waiting for a connection");
    }
    HResult error;
    Socket socket(socket_calls::accept(raw(), error));
    if (error.is_failure()) {
        return failed(error, "Accepting a connection");
    }
    return socket;
}

WinResult<SocketPair> connected_pair() {
    auto listener = Listener::open();
    if (!listener) {
        return propagate(std::move(listener.error()));
    }
    auto first = Socket::connect_loopback(listener->port());
    if (!first) {
        return propagate(std::move(first.error()));
    }
    std::uint16_t expected = 0;
    if (const HResult error = socket_calls::local_port(first->raw(), expected);
        error.is_failure()) {
        return failed(error, "Asking for the own port");
    }
    // Any program of the machine may connect to the listener first; only the port tells it apart.
    while (true) {
        auto second = listener->accept();
        if (!second) {
            return propagate(std::move(second.error()));
        }
        std::uint16_t port = 0;
        if (socket_calls::peer_port(second->raw(), port).is_success() && port == expected) {
            return SocketPair{std::move(*first), std::move(*second)};
        }
    }
}

}  // namespace wslplugins::platform
