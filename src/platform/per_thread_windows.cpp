// SPDX-License-Identifier: MIT
#include "platform/per_thread.hpp"

#include <cstdlib>
#include <system_error>

#include <windows.h>

namespace wslplugins::platform {
namespace {

[[noreturn]] void fail() {
#if defined(__cpp_exceptions)
    throw std::system_error(static_cast<int>(::GetLastError()),
                            std::system_category(),
                            "A variable of each thread's own");
#else
    std::abort();
#endif
}

}  // namespace

// A fiber's local storage is a thread's where nobody makes fibers, and it has, unlike a thread's, a function that is
// called at the end.
ThreadSlot::ThreadSlot(AtEnd at_end) : index_(::FlsAlloc(at_end)) {
    if (index_ == FLS_OUT_OF_INDEXES) {
        fail();
    }
}

void* ThreadSlot::get() const noexcept {
    return ::FlsGetValue(index_);
}

void ThreadSlot::set(void* value) const {
    if (!::FlsSetValue(index_, value)) {
        fail();
    }
}

}  // namespace wslplugins::platform
