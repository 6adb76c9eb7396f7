// SPDX-License-Identifier: MIT
#include "platform/socket_calls.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace wslplugins::platform::socket_calls {
namespace {

int descriptor(abi::SOCKET socket) noexcept {
    return static_cast<int>(socket);
}

abi::SOCKET from_descriptor(int fd, HResult& error) noexcept {
    if (fd < 0) {
        error = HResult::from_errno(errno);
        return invalid_socket;
    }
    error = HResult::ok;
    return static_cast<abi::SOCKET>(fd);
}

HResult outcome_of(int result) noexcept {
    return result < 0 ? HResult::from_errno(errno) : HResult::ok;
}

sockaddr_in loopback(std::uint16_t port) noexcept {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

Outcome transferred(ssize_t count) noexcept {
    if (count >= 0) {
        return {static_cast<std::size_t>(count), HResult::ok};
    }
    return {0, HResult::from_errno(errno), errno == EAGAIN || errno == EWOULDBLOCK};
}

short events_for(Ready ready) noexcept {
    return ready == Ready::Read ? POLLIN : POLLOUT;
}

/// Small requests and answers go back and forth: they must not wait to be gathered.
void disable_gathering(int fd) noexcept {
    const int on = 1;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

}  // namespace

Outcome start() noexcept {
    return {};
}

abi::SOCKET open_stream(HResult& error) noexcept {
    return from_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), error);
}

HResult connect_loopback(abi::SOCKET socket, std::uint16_t port) noexcept {
    const sockaddr_in address = loopback(port);
    const auto* const generic = reinterpret_cast<const sockaddr*>(&address);
    disable_gathering(descriptor(socket));
    return outcome_of(::connect(descriptor(socket), generic, sizeof address));
}

HResult listen_on_loopback(abi::SOCKET socket, std::uint16_t& port) noexcept {
    sockaddr_in address = loopback(0);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t length = sizeof address;
    if (::bind(descriptor(socket), generic, length) < 0 ||
        ::listen(descriptor(socket), SOMAXCONN) < 0 ||
        ::getsockname(descriptor(socket), generic, &length) < 0) {
        return HResult::from_errno(errno);
    }
    port = ntohs(address.sin_port);
    return HResult::ok;
}

abi::SOCKET accept(abi::SOCKET socket, HResult& error) noexcept {
    const int fd = ::accept4(descriptor(socket), nullptr, nullptr, SOCK_CLOEXEC);
    if (fd >= 0) {
        disable_gathering(fd);
    }
    return from_descriptor(fd, error);
}

Outcome receive(abi::SOCKET socket, std::span<std::byte> into) noexcept {
    ssize_t count = 0;
    do {
        count = ::recv(descriptor(socket), into.data(), into.size(), 0);
    } while (count < 0 && errno == EINTR);
    return transferred(count);
}

Outcome send(abi::SOCKET socket, std::span<const std::byte> bytes) noexcept {
    ssize_t count = 0;
    do {
        count = ::send(descriptor(socket), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (count < 0 && errno == EINTR);
    return transferred(count);
}

HResult shutdown_send(abi::SOCKET socket) noexcept {
    return outcome_of(::shutdown(descriptor(socket), SHUT_WR));
}

HResult local_port(abi::SOCKET socket, std::uint16_t& port) noexcept {
    sockaddr_in address{};
    socklen_t length = sizeof address;
    const int result =
        ::getsockname(descriptor(socket), reinterpret_cast<sockaddr*>(&address), &length);
    port = ntohs(address.sin_port);
    return outcome_of(result);
}

HResult peer_port(abi::SOCKET socket, std::uint16_t& port) noexcept {
    sockaddr_in address{};
    socklen_t length = sizeof address;
    const int result =
        ::getpeername(descriptor(socket), reinterpret_cast<sockaddr*>(&address), &length);
    port = ntohs(address.sin_port);
    return outcome_of(result);
}

HResult set_blocking(abi::SOCKET socket, bool blocking) noexcept {
    const int flags = ::fcntl(descriptor(socket), F_GETFL);
    const int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
    return outcome_of(flags < 0 ? flags : ::fcntl(descriptor(socket), F_SETFL, wanted));
}

void reset_on_close(abi::SOCKET socket) noexcept {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    (void)::setsockopt(descriptor(socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void close(abi::SOCKET socket) noexcept {
    (void)::close(descriptor(socket));
}

HResult wait(abi::SOCKET socket, Ready ready, int milliseconds) noexcept {
    pollfd poll_on{};
    poll_on.fd = descriptor(socket);
    poll_on.events = events_for(ready);
    const int count = ::poll(&poll_on, 1, milliseconds);
    if (count == 0) {
        return HResult::timeout;
    }
    // An interrupted wait is reported as ready: the call that follows blocks or fails by itself.
    return count < 0 && errno != EINTR ? HResult::from_errno(errno) : HResult::ok;
}

HResult wait_any(std::span<Awaited> sockets, int milliseconds) noexcept {
    std::array<pollfd, most_awaited> polls{};
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        polls[i] = {.fd = descriptor(sockets[i].socket),
                    .events = events_for(sockets[i].ready_to),
                    .revents = 0};
    }
    const int count = ::poll(polls.data(), sockets.size(), milliseconds);
    if (count == 0) {
        return HResult::timeout;
    }
    if (count < 0 && errno != EINTR) {
        return HResult::from_errno(errno);
    }
    // After an interrupted wait none is ready, and the caller waits again.
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        sockets[i].is_ready = count > 0 && polls[i].revents != 0;
    }
    return HResult::ok;
}

}  // namespace wslplugins::platform::socket_calls
