// SPDX-License-Identifier: MIT
#include "soak/resources.hpp"

#include "platform/own_handles.hpp"

#include <windows.h>

#include <psapi.h>
#include <tlhelp32.h>

namespace wslplugins::tests {
namespace {

std::size_t threads_of_this_process() {
    const HANDLE snapshot = ::CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry{};
    entry.dwSize = sizeof entry;
    std::size_t count = 0;
    for (BOOL more = ::Thread32First(snapshot, &entry); more != 0;
         more = ::Thread32Next(snapshot, &entry)) {
        count += entry.th32OwnerProcessID == ::GetCurrentProcessId() ? 1 : 0;
    }
    ::CloseHandle(snapshot);
    return count;
}

/// What only this process has; Wine leaves the field of that name 0.
std::size_t private_memory() {
    PROCESS_MEMORY_COUNTERS counters{};
    ::GetProcessMemoryInfo(::GetCurrentProcess(), &counters, sizeof counters);
    return counters.PagefileUsage;
}

}  // namespace

Resources Resources::now() {
    return {platform::own_handles().value().size(), threads_of_this_process(), 0, private_memory()};
}

}  // namespace wslplugins::tests
