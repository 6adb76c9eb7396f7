// SPDX-License-Identifier: MIT
#include "platform/open_socket.hpp"

#include "platform/socket_calls.hpp"

namespace wslplugins::platform {

std::optional<std::uint64_t> socket_identity(abi::SOCKET socket) noexcept {
    // The peer of a broken connection is no longer told; the own port is.
    std::uint16_t here = 0;
    if (socket_calls::local_port(socket, here).is_failure()) {
        return std::nullopt;
    }
    return here;
}

}  // namespace wslplugins::platform
