// SPDX-License-Identifier: MIT
#include "platform/private_code.hpp"

#include <windows.h>

namespace wslplugins::platform {

WinResult<std::size_t> private_code_size() {
    constexpr DWORD executable =
        PAGE_EXECUTE | PAGE_EXECUTE_READ | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY;
    std::size_t size = 0;
    MEMORY_BASIC_INFORMATION region{};
    const std::byte* address = nullptr;
    // It fails at the end of the address space.
    while (::VirtualQuery(address, &region, sizeof region) == sizeof region) {
        if (region.State == MEM_COMMIT && region.Type != MEM_IMAGE &&
            (region.Protect & executable) != 0) {
            size += region.RegionSize;
        }
        address = static_cast<const std::byte*>(region.BaseAddress) + region.RegionSize;
    }
    return size;
}

}  // namespace wslplugins::platform
