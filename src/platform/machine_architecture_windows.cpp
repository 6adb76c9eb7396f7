// SPDX-License-Identifier: MIT
#include "platform/machine_architecture.hpp"

#include <windows.h>

namespace wslplugins::platform {

std::uint16_t native_machine() noexcept {
    USHORT process = 0;
    USHORT native = 0;
    if (::IsWow64Process2(::GetCurrentProcess(), &process, &native) == 0) {
        return 0;
    }
    return native == machine_x64 || native == machine_arm64 ? native : std::uint16_t{0};
}

}  // namespace wslplugins::platform
