// SPDX-License-Identifier: MIT
#include "bench/by_hand_system.hpp"

#include <winsock2.h>

#include <windows.h>

namespace by_hand::system {

void close(SOCKET socket) noexcept {
    (void)::closesocket(socket);
}

void end_sending(SOCKET socket) noexcept {
    (void)::shutdown(socket, SD_SEND);
}

bool wait_readable(SOCKET socket, std::chrono::milliseconds limit) noexcept {
    WSAPOLLFD poll_on{socket, POLLRDNORM, 0};
    return ::WSAPoll(&poll_on, 1, static_cast<int>(limit.count())) > 0;
}

long receive(SOCKET socket, char* into, std::size_t size) noexcept {
    return ::recv(socket, into, static_cast<int>(size), 0);
}

std::string to_utf8(const wchar_t* text) {
    const int size = ::WideCharToMultiByte(
        CP_UTF8, WC_ERR_INVALID_CHARS, text, -1, nullptr, 0, nullptr, nullptr);
    std::string converted(static_cast<std::size_t>(size > 0 ? size : 1), '\0');
    (void)::WideCharToMultiByte(
        CP_UTF8, WC_ERR_INVALID_CHARS, text, -1, converted.data(), size, nullptr, nullptr);
    converted.pop_back();
    return converted;
}

void write_log(std::string_view line) {
    const int length = static_cast<int>(line.size());
    const int size = ::MultiByteToWideChar(CP_UTF8, 0, line.data(), length, nullptr, 0);
    std::wstring wide(static_cast<std::size_t>(size), L'\0');
    (void)::MultiByteToWideChar(CP_UTF8, 0, line.data(), length, wide.data(), size);
    ::OutputDebugStringW(wide.c_str());
}

}  // namespace by_hand::system
