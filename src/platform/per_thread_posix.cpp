// SPDX-License-Identifier: MIT
#include "platform/per_thread.hpp"

#include <cstdlib>
#include <system_error>

#include <pthread.h>

namespace wslplugins::platform {
namespace {

void check(int error) {
    if (error == 0) {
        return;
    }
#if defined(__cpp_exceptions)
    throw std::system_error(error, std::generic_category(), "A variable of each thread's own");
#else
    std::abort();
#endif
}

}  // namespace

ThreadSlot::ThreadSlot(AtEnd at_end) {
    ::pthread_key_t key{};
    check(::pthread_key_create(&key, at_end));
    index_ = static_cast<std::uint32_t>(key);
}

void* ThreadSlot::get() const noexcept {
    return ::pthread_getspecific(index_);
}

void ThreadSlot::set(void* value) const {
    check(::pthread_setspecific(index_, value));
}

}  // namespace wslplugins::platform
