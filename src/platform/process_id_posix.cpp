// SPDX-License-Identifier: MIT
#include "platform/process_id.hpp"

#include <unistd.h>

namespace wslplugins::platform {

std::uint32_t process_id() noexcept {
    return static_cast<std::uint32_t>(::getpid());
}

}  // namespace wslplugins::platform
