// SPDX-License-Identifier: MIT
#include "platform/random.hpp"

#include <cerrno>
#include <sys/random.h>

namespace wslplugins::platform {

WinResult<> fill_random(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::getrandom(bytes.data(), bytes.size(), 0);
        if (count < 0 && errno != EINTR) {
            return failure(HResult::from_errno(errno), "The system gave no random bytes");
        }
        bytes = bytes.subspan(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    return {};
}

}  // namespace wslplugins::platform
