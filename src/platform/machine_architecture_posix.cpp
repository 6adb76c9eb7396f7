// SPDX-License-Identifier: MIT
#include "platform/machine_architecture.hpp"

namespace wslplugins::platform {

std::uint16_t native_machine() noexcept {
#if defined(__x86_64__)
    return machine_x64;
#elif defined(__aarch64__)
    return machine_arm64;
#else
    return 0;
#endif
}

}  // namespace wslplugins::platform
