// SPDX-License-Identifier: MIT
#include "platform/process_id.hpp"

#include <windows.h>

namespace wslplugins::platform {

std::uint32_t process_id() noexcept {
    return ::GetCurrentProcessId();
}

}  // namespace wslplugins::platform
