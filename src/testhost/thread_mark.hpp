// SPDX-License-Identifier: MIT
/// @file
/// `mark_of_this_thread`: which thread this is.
#pragma once

#include <atomic>
#include <cstdint>

namespace wslplugins::testhost {

/// A thread's own mark. The system's thread ids are given again to later threads.
[[nodiscard]] inline std::uint64_t mark_of_this_thread() noexcept {
    static std::atomic<std::uint64_t> next{0};
    thread_local const std::uint64_t mark = ++next;
    return mark;
}

}  // namespace wslplugins::testhost
