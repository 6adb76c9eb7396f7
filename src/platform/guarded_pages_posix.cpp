// SPDX-License-Identifier: MIT
#include "platform/guarded_pages.hpp"

#include <cerrno>
#include <sys/mman.h>
#include <unistd.h>

namespace wslplugins::platform::guarded_pages {

std::size_t page_size() noexcept {
    return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void* map(std::size_t usable, std::size_t guard, HResult& error) noexcept {
    void* const mapping =
        ::mmap(nullptr, usable + guard, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED) {
        error = HResult::from_errno(errno);
        return nullptr;
    }
    if (::mprotect(mapping, usable, PROT_READ | PROT_WRITE) != 0) {
        error = HResult::from_errno(errno);
        unmap(mapping, usable + guard);
        return nullptr;
    }
    error = HResult::ok;
    return mapping;
}

void forbid(void* pages, std::size_t size) noexcept {
    (void)::mprotect(pages, size, PROT_NONE);
}

void unmap(void* mapping, std::size_t mapped) noexcept {
    (void)::munmap(mapping, mapped);
}

}  // namespace wslplugins::platform::guarded_pages
