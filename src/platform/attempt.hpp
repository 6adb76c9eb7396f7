// SPDX-License-Identifier: MIT
/// @file
/// `attempt`: does what may run out of memory where nothing may be thrown.
#pragma once

#include <utility>

namespace wslplugins::platform {

/// @return false when `work` threw, which it does only when memory is out. Built without exceptions, running
/// out of memory ends the process instead.
template <class Work>
bool attempt(Work&& work) noexcept {
#if defined(__cpp_exceptions)
    try {
        std::forward<Work>(work)();
        return true;
    } catch (...) {
        return false;
    }
#else
    std::forward<Work>(work)();
    return true;
#endif
}

}  // namespace wslplugins::platform
