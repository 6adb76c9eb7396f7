// SPDX-License-Identifier: MIT
#include "platform/tick_count.hpp"

#include <windows.h>

namespace wslplugins::platform {

std::uint64_t tick_count() noexcept {
    return ::GetTickCount64();
}

}  // namespace wslplugins::platform
