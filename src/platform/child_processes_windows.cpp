// SPDX-License-Identifier: MIT
#include "platform/child_processes.hpp"

#include <windows.h>

#include <tlhelp32.h>

namespace wslplugins::platform {

WinResult<std::set<std::uint64_t>> child_processes() {
    const HANDLE snapshot = ::CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (snapshot == INVALID_HANDLE_VALUE) {
        return failure(HResult::from_win32(::GetLastError()),
                       "Listing the system's processes failed");
    }
    std::set<std::uint64_t> children;
    PROCESSENTRY32W entry{};
    entry.dwSize = sizeof entry;
    for (BOOL more = ::Process32FirstW(snapshot, &entry); more != FALSE;
         more = ::Process32NextW(snapshot, &entry)) {
        if (entry.th32ParentProcessID == ::GetCurrentProcessId()) {
            children.insert(entry.th32ProcessID);
        }
    }
    (void)::CloseHandle(snapshot);
    return children;
}

}  // namespace wslplugins::platform
