// SPDX-License-Identifier: MIT
/// @file
/// `socket_identity`: which connection a socket's number stands for.
#pragma once

#include <wslplugins/abi/types.hpp>

#include <cstdint>
#include <optional>

namespace wslplugins::platform {

/// The system gives a closed socket's number to the next one; this tells them apart.
/// @return none where the number is no open socket.
[[nodiscard]] std::optional<std::uint64_t> socket_identity(abi::SOCKET socket) noexcept;

}  // namespace wslplugins::platform
