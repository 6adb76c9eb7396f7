// SPDX-License-Identifier: MIT
#include "platform/guarded_pages.hpp"

#include <windows.h>

namespace wslplugins::platform::guarded_pages {

std::size_t page_size() noexcept {
    SYSTEM_INFO info{};
    ::GetSystemInfo(&info);
    return info.dwPageSize;
}

void* map(std::size_t usable, std::size_t guard, HResult& error) noexcept {
    // The guard is reserved and never committed.
    void* const mapping = ::VirtualAlloc(nullptr, usable + guard, MEM_RESERVE, PAGE_NOACCESS);
    if (mapping != nullptr && ::VirtualAlloc(mapping, usable, MEM_COMMIT, PAGE_READWRITE)) {
        error = HResult::ok;
        return mapping;
    }
    error = HResult::from_win32(::GetLastError());
    if (mapping != nullptr) {
        unmap(mapping, usable + guard);
    }
    return nullptr;
}

void forbid(void* pages, std::size_t size) noexcept {
    DWORD before = 0;
    (void)::VirtualProtect(pages, size, PAGE_NOACCESS, &before);
}

void unmap(void* mapping, std::size_t) noexcept {
    (void)::VirtualFree(mapping, 0, MEM_RELEASE);
}

}  // namespace wslplugins::platform::guarded_pages
