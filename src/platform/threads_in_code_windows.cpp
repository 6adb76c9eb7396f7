// SPDX-License-Identifier: MIT
#include "platform/threads_in_code.hpp"

#include <windows.h>

#include <tlhelp32.h>

#include <algorithm>

namespace wslplugins::platform {
namespace {

/// Most threads use less of their stack; of one that uses more, the rest is not looked at.
constexpr std::size_t most_words = std::size_t{1} << 17;

std::uintptr_t stack_top(const CONTEXT& context) noexcept {
#if defined(_M_ARM64) || defined(__aarch64__)
    return context.Sp;
#else
    return context.Rsp;
#endif
}

std::uintptr_t next_instruction(const CONTEXT& context) noexcept {
#if defined(_M_ARM64) || defined(__aarch64__)
    return context.Pc;
#else
    return context.Rip;
#endif
}

/// What lies on the stack of a thread that is suspended. Takes no memory: the thread may hold the heap's lock.
/// @return how many words were read; the first one is where the thread stands.
std::size_t read_stack(HANDLE thread, std::vector<std::uintptr_t>& words) noexcept {
    CONTEXT context{};
    context.ContextFlags = CONTEXT_CONTROL;
    if (::GetThreadContext(thread, &context) == 0) {
        return 0;
    }
    words.front() = next_instruction(context);
    const std::uintptr_t top = stack_top(context);
    MEMORY_BASIC_INFORMATION region{};
    if (::VirtualQuery(reinterpret_cast<const void*>(top), &region, sizeof region) == 0) {
        return 1;
    }
    const auto end = reinterpret_cast<std::uintptr_t>(region.BaseAddress) + region.RegionSize;
    const std::size_t count = (std::min)((end - top) / sizeof(std::uintptr_t), words.size() - 1);
    SIZE_T read = 0;
    (void)::ReadProcessMemory(::GetCurrentProcess(),
                              reinterpret_cast<const void*>(top),
                              words.data() + 1,
                              count * sizeof(std::uintptr_t),
                              &read);
    return 1 + read / sizeof(std::uintptr_t);
}

bool stands_in(DWORD number, const CodeRange& code, std::vector<std::uintptr_t>& words) {
    const HANDLE thread = ::OpenThread(THREAD_SUSPEND_RESUME | THREAD_GET_CONTEXT, FALSE, number);
    if (thread == nullptr) {
        return false;
    }
    std::size_t count = 0;
    if (::SuspendThread(thread) != static_cast<DWORD>(-1)) {
        count = read_stack(thread, words);
        (void)::ResumeThread(thread);
    }
    (void)::CloseHandle(thread);
    return std::any_of(words.begin(),
                       words.begin() + static_cast<std::ptrdiff_t>(count),
                       [&](std::uintptr_t word) { return code.begin <= word && word < code.end; });
}

}  // namespace

CodeRange code_around(const void* function) noexcept {
    MEMORY_BASIC_INFORMATION region{};
    if (::VirtualQuery(function, &region, sizeof region) == 0 || region.Type != MEM_IMAGE) {
        return {};
    }
    const auto begin = reinterpret_cast<std::uintptr_t>(region.AllocationBase);
    const auto* const image = static_cast<const IMAGE_DOS_HEADER*>(region.AllocationBase);
    const auto* const headers = reinterpret_cast<const IMAGE_NT_HEADERS*>(
        begin + static_cast<std::uintptr_t>(image->e_lfanew));
    return {begin, begin + headers->OptionalHeader.SizeOfImage};
}

std::uint64_t this_thread_number() noexcept {
    return ::GetCurrentThreadId();
}

WinResult<std::vector<std::uint64_t>> threads_in_code(const CodeRange& code) {
    const HANDLE snapshot = ::CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    if (snapshot == INVALID_HANDLE_VALUE) {
        return failure(HResult::from_win32(::GetLastError()),
                       "Listing this process's threads failed");
    }
    std::vector<std::uintptr_t> words(most_words);
    std::vector<std::uint64_t> threads;
    THREADENTRY32 entry{};
    entry.dwSize = sizeof entry;
    for (BOOL more = ::Thread32First(snapshot, &entry); more != FALSE;
         more = ::Thread32Next(snapshot, &entry)) {
        if (entry.th32OwnerProcessID == ::GetCurrentProcessId() &&
            entry.th32ThreadID != ::GetCurrentThreadId() &&
            stands_in(entry.th32ThreadID, code, words)) {
            threads.push_back(entry.th32ThreadID);
        }
    }
    (void)::CloseHandle(snapshot);
    return threads;
}

}  // namespace wslplugins::platform
