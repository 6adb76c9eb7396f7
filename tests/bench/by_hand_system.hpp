// SPDX-License-Identifier: MIT
/// @file
/// What `by_hand` asks of the system; by_hand_posix.cpp and by_hand_windows.cpp.
#pragma once

#include <wslplugins/abi/types.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace by_hand::system {

inline constexpr wslplugins::abi::SOCKET no_socket = ~wslplugins::abi::SOCKET{0};

void close(wslplugins::abi::SOCKET socket) noexcept;
void end_sending(wslplugins::abi::SOCKET socket) noexcept;
bool wait_readable(wslplugins::abi::SOCKET socket, std::chrono::milliseconds limit) noexcept;
long receive(wslplugins::abi::SOCKET socket, char* into, std::size_t size) noexcept;
std::string to_utf8(const wslplugins::abi::WCHAR* text);
void write_log(std::string_view line);

}  // namespace by_hand::system
