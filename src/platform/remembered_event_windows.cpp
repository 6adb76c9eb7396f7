// SPDX-License-Identifier: MIT
#include "platform/remembered_event.hpp"

#include <windows.h>

namespace wslplugins::platform {

WinResult<RememberedEvent> RememberedEvent::of(abi::HANDLE event) {
    ExitEvent given(event);
    auto own = given.duplicate_to_wait();
    (void)given.release();
    if (!own) {
        return propagate(own.error());
    }
    return RememberedEvent(std::move(*own));
}

bool RememberedEvent::is_event_of(abi::HANDLE handle) const noexcept {
    using Compare = BOOL(WINAPI*)(HANDLE, HANDLE);
    // Its import library is not one of those that every plugin's author has.
    static const auto compare = reinterpret_cast<Compare>(reinterpret_cast<void (*)()>(
        ::GetProcAddress(::GetModuleHandleW(L"kernelbase.dll"), "CompareObjectHandles")));
    return compare != nullptr && compare(own_.raw(), handle) != FALSE;
}

}  // namespace wslplugins::platform
