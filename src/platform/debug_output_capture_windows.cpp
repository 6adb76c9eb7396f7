// SPDX-License-Identifier: MIT
// Debug output is an exception that a debugger handles. A vectored handler is asked before the code that
// passes unhandled ones on to the system's viewer of debug output.
#include "platform/attempt.hpp"
#include "platform/debug_output.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

#include <cstring>
#include <mutex>

namespace wslplugins::platform {
namespace {

constexpr DWORD print_exception = 0x40010006;       // DBG_PRINTEXCEPTION_C
constexpr DWORD print_exception_wide = 0x4001000A;  // DBG_PRINTEXCEPTION_WIDE_C

/// Recursive, because a listener may itself say something.
struct Installed {
    std::recursive_mutex mutex;
    DebugOutputListener* listener = nullptr;
};

Installed& installed() {
    static Installed only;
    return only;
}

/// The text in the process's code page, in UTF-16.
WideString wide_of(const char* text) {
    const int size = static_cast<int>(std::strlen(text));
    const int needed = ::MultiByteToWideChar(CP_ACP, 0, text, size, nullptr, 0);
    WideString wide(static_cast<std::size_t>(needed), L'\0');
    (void)::MultiByteToWideChar(CP_ACP, 0, text, size, wide.data(), needed);
    return wide;
}

void deliver(WideStringView text) {
    const std::string line = to_utf8_lossy(text);
    const std::lock_guard lock(installed().mutex);
    if (installed().listener != nullptr) {
        installed().listener->on_debug_output(line);
    }
}

/// Both kinds carry the length of the text, its end included, and its address.
LONG CALLBACK on_exception(EXCEPTION_POINTERS* pointers) {
    const EXCEPTION_RECORD& record = *pointers->ExceptionRecord;
    if (record.NumberParameters < 2 || record.ExceptionInformation[1] == 0) {
        return EXCEPTION_CONTINUE_SEARCH;
    }
    if (record.ExceptionCode == print_exception_wide) {
        const auto* const text = reinterpret_cast<const wchar_t*>(record.ExceptionInformation[1]);
        (void)attempt([&] { deliver(text); });
        return EXCEPTION_CONTINUE_EXECUTION;
    }
    if (record.ExceptionCode == print_exception) {
        const auto* const text = reinterpret_cast<const char*>(record.ExceptionInformation[1]);
        (void)attempt([&] { deliver(wide_of(text)); });
        return EXCEPTION_CONTINUE_EXECUTION;
    }
    return EXCEPTION_CONTINUE_SEARCH;
}

}  // namespace

DebugOutputCapture::DebugOutputCapture(DebugOutputListener& listener) {
    {
        const std::lock_guard lock(installed().mutex);
        installed().listener = &listener;
    }
    handler_ = ::AddVectoredExceptionHandler(1, on_exception);
}

DebugOutputCapture::~DebugOutputCapture() {
    (void)::RemoveVectoredExceptionHandler(handler_);
    const std::lock_guard lock(installed().mutex);
    installed().listener = nullptr;
}

}  // namespace wslplugins::platform
