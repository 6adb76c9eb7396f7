// SPDX-License-Identifier: MIT
#include "platform/own_handles.hpp"

#include <windows.h>

namespace wslplugins::platform {
namespace {

constexpr ULONG extended_handle_information = 64;
constexpr LONG status_info_length_mismatch = static_cast<LONG>(0xC0000004u);

struct Entry {
    void* object;
    std::uintptr_t process;
    std::uintptr_t handle;
    std::uint32_t access;
    std::uint16_t creator;
    std::uint16_t type;
    std::uint32_t attributes;
    std::uint32_t reserved;
};

/// The table begins with the number of its entries and a word that is reserved.
constexpr std::size_t words_before_entries = 2;

using Query = LONG(WINAPI*)(ULONG, void*, ULONG, ULONG*);

}  // namespace

WinResult<std::vector<OwnHandle>> own_handles() {
    const HMODULE ntdll = ::GetModuleHandleW(L"ntdll.dll");
    const auto query = reinterpret_cast<Query>(
        reinterpret_cast<void (*)()>(::GetProcAddress(ntdll, "NtQuerySystemInformation")));
    std::vector<std::uintptr_t> table(std::size_t{1} << 15);
    LONG status = status_info_length_mismatch;
    while (query != nullptr && status == status_info_length_mismatch) {
        table.resize(table.size() * 2);
        const auto size = static_cast<ULONG>(table.size() * sizeof table.front());
        status = query(extended_handle_information, table.data(), size, nullptr);
    }
    if (status < 0) {
        return failure(HResult::fail, "Reading the system's table of handles failed");
    }
    const auto* const entries = reinterpret_cast<const Entry*>(table.data() + words_before_entries);
    std::vector<OwnHandle> own;
    for (std::size_t i = 0; i < table.front(); ++i) {
        if (entries[i].process == ::GetCurrentProcessId()) {
            own.push_back({entries[i].handle, entries[i].type});
        }
    }
    return own;
}

}  // namespace wslplugins::platform
