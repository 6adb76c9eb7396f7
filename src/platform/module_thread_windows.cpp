// SPDX-License-Identifier: MIT
#include "platform/module_thread.hpp"

#include <windows.h>

#include <memory>

namespace wslplugins::platform {
namespace {

struct Start {
    void (*run)(void*) noexcept;
    void* argument;
    HMODULE module;
};

DWORD WINAPI enter(void* passed) {
    HMODULE module = nullptr;
    {
        const std::unique_ptr<Start> start(static_cast<Start*>(passed));
        module = start->module;
        start->run(start->argument);
    }
    // One call, in the system's code: after a release of its own, this thread could not even return.
    ::FreeLibraryAndExitThread(module, 0);
}

std::unexpected<Error> failed(const char* what) {
    return failure(HResult::from_win32(::GetLastError()), what);
}

}  // namespace

WinResult<> start_module_thread(void (*run)(void*) noexcept, void* argument) {
    static constexpr char anywhere = 0;
    HMODULE module = nullptr;
    if (!::GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                              reinterpret_cast<const wchar_t*>(&anywhere),
                              &module)) {
        return failed("Keeping the plugin loaded for its background thread failed");
    }
    auto start = std::make_unique<Start>(Start{run, argument, module});
    const HANDLE thread = ::CreateThread(nullptr, 0, &enter, start.get(), 0, nullptr);
    if (thread == nullptr) {
        auto error = failed("Starting a background thread failed");
        (void)::FreeLibrary(module);
        return error;
    }
    (void)start.release();  // the thread's now
    (void)::CloseHandle(thread);
    return {};
}

}  // namespace wslplugins::platform
