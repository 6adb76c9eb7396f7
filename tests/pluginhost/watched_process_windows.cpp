// SPDX-License-Identifier: MIT
#include "pluginhost/watched_process.hpp"

#include <windows.h>

namespace wslplugins::tests {
namespace {

HANDLE as_handle(std::intptr_t system) noexcept {
    return reinterpret_cast<HANDLE>(system);
}

HANDLE opened(std::uint32_t process) noexcept {
    return ::OpenProcess(SYNCHRONIZE | PROCESS_TERMINATE, FALSE, process);
}

}  // namespace

const int WatchedProcess::exit_code_of_killed = 9;

WatchedProcess::WatchedProcess(std::uint32_t process)
    : system_(reinterpret_cast<std::intptr_t>(opened(process))) {}

WatchedProcess::~WatchedProcess() {
    (void)::CloseHandle(as_handle(system_));
}

bool WatchedProcess::ends() const {
    constexpr DWORD longest = 20'000;
    return ::WaitForSingleObject(as_handle(system_), longest) == WAIT_OBJECT_0;
}

void WatchedProcess::kill() const {
    (void)::TerminateProcess(as_handle(system_), exit_code_of_killed);
}

bool process_exists(std::uint32_t process) {
    const HANDLE handle = opened(process);
    const bool runs = handle != nullptr && ::WaitForSingleObject(handle, 0) == WAIT_TIMEOUT;
    (void)::CloseHandle(handle);
    return runs;
}

}  // namespace wslplugins::tests
