// SPDX-License-Identifier: MIT
#include "soak/resources.hpp"

#include <cstdint>
#include <stdexcept>
#include <vector>

#include <windows.h>

#include <psapi.h>
#include <tlhelp32.h>

namespace wslplugins::tests {
namespace {

/// SystemExtendedHandleInformation: an entry for every handle of every process. (The simple count that Windows has
/// for one process is always 0 under Wine.)
constexpr ULONG all_handles = 64;
constexpr LONG too_small = static_cast<LONG>(0xC0000004u);

struct HandleEntry {
    void* object;
    std::uintptr_t process;
    std::uintptr_t handle;
    std::uint32_t access;
    std::uint16_t creator;
    std::uint16_t type;
    std::uint32_t attributes;
    std::uint32_t reserved;
};

using Query = LONG(WINAPI*)(ULONG, void*, ULONG, ULONG*);

std::size_t handles_of_this_process() {
    const auto query = reinterpret_cast<Query>(reinterpret_cast<void (*)()>(
        ::GetProcAddress(::GetModuleHandleW(L"ntdll.dll"), "NtQuerySystemInformation")));
    std::vector<std::uintptr_t> table(std::size_t{1} << 16);
    LONG status = 0;
    while ((status = query(all_handles,
                           table.data(),
                           static_cast<ULONG>(table.size() * sizeof table.front()),
                           nullptr)) == too_small) {
        table.resize(table.size() * 2);
    }
    if (status < 0) {
        throw std::runtime_error("the system's table of handles cannot be read");
    }
    // Two words go before the entries: how many there are, and one that is reserved.
    const auto* const entries = reinterpret_cast<const HandleEntry*>(table.data() + 2);
    std::size_t count = 0;
    for (std::size_t i = 0; i < table.front(); ++i) {
        count += entries[i].process == ::GetCurrentProcessId() ? 1 : 0;
    }
    return count;
}

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

std::size_t private_memory() {
    PROCESS_MEMORY_COUNTERS_EX counters{};
    ::GetProcessMemoryInfo(::GetCurrentProcess(),
                           reinterpret_cast<PROCESS_MEMORY_COUNTERS*>(&counters),
                           sizeof counters);
    return counters.PrivateUsage;
}

}  // namespace

Resources Resources::now() {
    return {handles_of_this_process(), threads_of_this_process(), 0, private_memory()};
}

}  // namespace wslplugins::tests
