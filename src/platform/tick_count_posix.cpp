// SPDX-License-Identifier: MIT
#include "platform/tick_count.hpp"

#include <time.h>

namespace wslplugins::platform {

std::uint64_t tick_count() noexcept {
    timespec now{};
    (void)clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1000 +
           static_cast<std::uint64_t>(now.tv_nsec) / 1'000'000;
}

}  // namespace wslplugins::platform
