// SPDX-License-Identifier: MIT
/// @file
/// `Resources`: what this process holds of its system, to be compared before and after a long run.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <ostream>

namespace wslplugins::tests {

struct Resources {
    std::size_t handles =
        0;  ///< File descriptors; on Windows the entries of the system's table of handles.
    std::size_t threads = 0;
    std::size_t mounts = 0;  ///< 0 on Windows, where the guest has them.
    std::size_t memory =
        0;  ///< Bytes that are allocated; on Windows those that only this process has.

    [[nodiscard]] static Resources now();
};

inline std::ostream& operator<<(std::ostream& stream, const Resources& resources) {
    return stream << resources.handles << " handles, " << resources.threads << " threads, "
                  << resources.mounts << " mounts, " << resources.memory << " bytes";
}

/// How long a soak is to be: the variable that `scripts/soak` sets, or the short share.
[[nodiscard]] inline int amount(const char* variable, int short_share) {
    const char* const text = std::getenv(variable);
    return text == nullptr ? short_share : std::atoi(text);
}

}  // namespace wslplugins::tests
