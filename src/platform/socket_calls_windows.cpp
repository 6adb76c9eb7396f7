// SPDX-License-Identifier: MIT
#include "platform/socket_calls.hpp"

#include <winsock2.h>
#include <ws2tcpip.h>

#include <algorithm>
#include <array>
#include <limits>

namespace wslplugins::platform::socket_calls {
namespace {

HResult last_error() noexcept {
    return HResult::from_win32(static_cast<std::uint32_t>(::WSAGetLastError()));
}

HResult outcome_of(int result) noexcept {
    return result == 0 ? HResult::ok : last_error();
}

Outcome transferred(int count) noexcept {
    if (count >= 0) {
        return {static_cast<std::size_t>(count), HResult::ok};
    }
    return {0, last_error(), ::WSAGetLastError() == WSAEWOULDBLOCK};
}

SHORT events_for(Ready ready) noexcept {
    return static_cast<SHORT>(ready == Ready::Read ? POLLRDNORM : POLLWRNORM);
}

/// Winsock counts in `int`.
int length_of(std::size_t size) noexcept {
    constexpr auto most = static_cast<std::size_t>((std::numeric_limits<int>::max)());
    return static_cast<int>((std::min)(size, most));
}

sockaddr_in loopback(std::uint16_t port) noexcept {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = ::htons(port);
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    return address;
}

/// Small requests and answers go back and forth: they must not wait to be gathered.
void disable_gathering(abi::SOCKET socket) noexcept {
    const BOOL on = TRUE;
    (void)::setsockopt(
        socket, IPPROTO_TCP, TCP_NODELAY, reinterpret_cast<const char*>(&on), sizeof on);
}

}  // namespace

Outcome start() noexcept {
    WSADATA data{};
    const int error = ::WSAStartup(MAKEWORD(2, 2), &data);
    return {0, HResult::from_win32(static_cast<std::uint32_t>(error))};
}

abi::SOCKET open_stream(HResult& error) noexcept {
    const SOCKET socket = ::WSASocketW(AF_INET,
                                       SOCK_STREAM,
                                       IPPROTO_TCP,
                                       nullptr,
                                       0,
                                       WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
    error = socket == INVALID_SOCKET ? last_error() : HResult::ok;
    return socket;
}

HResult connect_loopback(abi::SOCKET socket, std::uint16_t port) noexcept {
    const sockaddr_in address = loopback(port);
    const auto* const generic = reinterpret_cast<const sockaddr*>(&address);
    disable_gathering(socket);
    return outcome_of(::connect(socket, generic, sizeof address));
}

HResult listen_on_loopback(abi::SOCKET socket, std::uint16_t& port) noexcept {
    sockaddr_in address = loopback(0);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    int length = sizeof address;
    if (::bind(socket, generic, length) != 0 || ::listen(socket, SOMAXCONN) != 0 ||
        ::getsockname(socket, generic, &length) != 0) {
        return last_error();
    }
    port = ::ntohs(address.sin_port);
    return HResult::ok;
}

abi::SOCKET accept(abi::SOCKET socket, HResult& error) noexcept {
    const SOCKET accepted = ::accept(socket, nullptr, nullptr);
    error = accepted == INVALID_SOCKET ? last_error() : HResult::ok;
    if (accepted != INVALID_SOCKET) {
        disable_gathering(accepted);
    }
    return accepted;
}

Outcome receive(abi::SOCKET socket, std::span<std::byte> into) noexcept {
    const int count =
        ::recv(socket, reinterpret_cast<char*>(into.data()), length_of(into.size()), 0);
    return transferred(count);
}

Outcome send(abi::SOCKET socket, std::span<const std::byte> bytes) noexcept {
    const int count =
        ::send(socket, reinterpret_cast<const char*>(bytes.data()), length_of(bytes.size()), 0);
    return transferred(count);
}

HResult shutdown_send(abi::SOCKET socket) noexcept {
    return outcome_of(::shutdown(socket, SD_SEND));
}

HResult local_port(abi::SOCKET socket, std::uint16_t& port) noexcept {
    sockaddr_in address{};
    int length = sizeof address;
    const int result = ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
    port = ::ntohs(address.sin_port);
    return outcome_of(result);
}

HResult peer_port(abi::SOCKET socket, std::uint16_t& port) noexcept {
    sockaddr_in address{};
    int length = sizeof address;
    const int result = ::getpeername(socket, reinterpret_cast<sockaddr*>(&address), &length);
    port = ::ntohs(address.sin_port);
    return outcome_of(result);
}

HResult set_blocking(abi::SOCKET socket, bool blocking) noexcept {
    u_long not_blocking = blocking ? 0 : 1;
    return outcome_of(::ioctlsocket(socket, static_cast<long>(FIONBIO), &not_blocking));
}

void reset_on_close(abi::SOCKET socket) noexcept {
    const LINGER at_once{.l_onoff = 1, .l_linger = 0};
    (void)::setsockopt(
        socket, SOL_SOCKET, SO_LINGER, reinterpret_cast<const char*>(&at_once), sizeof at_once);
}

void close(abi::SOCKET socket) noexcept {
    (void)::closesocket(socket);
}

HResult wait(abi::SOCKET socket, Ready ready, int milliseconds) noexcept {
    WSAPOLLFD poll_on{};
    poll_on.fd = socket;
    poll_on.events = events_for(ready);
    const int count = ::WSAPoll(&poll_on, 1, milliseconds);
    if (count == 0) {
        return HResult::timeout;
    }
    return count < 0 ? last_error() : HResult::ok;
}

HResult wait_any(std::span<Awaited> sockets, int milliseconds) noexcept {
    std::array<WSAPOLLFD, most_awaited> polls{};
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        polls[i].fd = sockets[i].socket;
        polls[i].events = events_for(sockets[i].ready_to);
    }
    const int count = ::WSAPoll(polls.data(), static_cast<ULONG>(sockets.size()), milliseconds);
    if (count == 0) {
        return HResult::timeout;
    }
    if (count < 0) {
        return last_error();
    }
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        sockets[i].is_ready = polls[i].revents != 0;
    }
    return HResult::ok;
}

}  // namespace wslplugins::platform::socket_calls
