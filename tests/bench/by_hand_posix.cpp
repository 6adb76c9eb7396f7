// SPDX-License-Identifier: MIT
#include "bench/by_hand_system.hpp"

#include <cstdio>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace by_hand::system {

void close(wslplugins::abi::SOCKET socket) noexcept {
    (void)::close(static_cast<int>(socket));
}

void end_sending(wslplugins::abi::SOCKET socket) noexcept {
    (void)::shutdown(static_cast<int>(socket), SHUT_WR);
}

bool wait_readable(wslplugins::abi::SOCKET socket, std::chrono::milliseconds limit) noexcept {
    pollfd poll_on{static_cast<int>(socket), POLLIN, 0};
    return ::poll(&poll_on, 1, static_cast<int>(limit.count())) > 0;
}

long receive(wslplugins::abi::SOCKET socket, char* into, std::size_t size) noexcept {
    return ::recv(static_cast<int>(socket), into, size, 0);
}

std::string to_utf8(const wslplugins::abi::WCHAR* text) {
    std::string converted;  // ASCII will do: on Linux nobody measures a name's conversion
    for (; *text != 0; ++text) {
        converted += static_cast<char>(*text);
    }
    return converted;
}

void write_log(std::string_view line) {
    (void)std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

}  // namespace by_hand::system
