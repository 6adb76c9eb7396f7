// SPDX-License-Identifier: MIT
#include "platform/open_socket.hpp"

#include <sys/stat.h>

namespace wslplugins::platform {

std::optional<std::uint64_t> socket_identity(abi::SOCKET socket) noexcept {
    struct stat status{};
    if (::fstat(static_cast<int>(socket), &status) != 0 || !S_ISSOCK(status.st_mode)) {
        return std::nullopt;
    }
    return status.st_ino;
}

}  // namespace wslplugins::platform
