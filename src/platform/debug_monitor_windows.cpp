// SPDX-License-Identifier: MIT
// A viewer owns a buffer that all processes share and two events: one says that the buffer is free, the other that
// somebody has filled it.
#include "platform/debug_monitor.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>

namespace wslplugins::platform {
namespace {

struct CloseAny {
    void operator()(HANDLE handle) const noexcept { ::CloseHandle(handle); }
};
using Handle = std::unique_ptr<std::remove_pointer_t<HANDLE>, CloseAny>;

/// As documented for viewers.
struct Buffer {
    DWORD process_id;
    char text[4096 - sizeof(DWORD)];
};

struct Unmap {
    void operator()(const Buffer* buffer) const noexcept { ::UnmapViewOfFile(buffer); }
};

std::unexpected<Error> failed(DWORD error) {
    return failure(HResult::from_win32(error),
                   error == ERROR_ALREADY_EXISTS
                       ? "Another viewer of debug output listens already"
                       : "Could not listen to the computer's debug output");
}

/// The text is in the system's code page.
std::string utf8_of(const char* text, int size) {
    const int needed = ::MultiByteToWideChar(CP_ACP, 0, text, size, nullptr, 0);
    WideString wide(static_cast<std::size_t>(needed), L'\0');
    (void)::MultiByteToWideChar(CP_ACP, 0, text, size, wide.data(), needed);
    return to_utf8_lossy(wide);
}

DebugLine line_of(const Buffer& buffer) {
    std::size_t size = ::strnlen(buffer.text, sizeof buffer.text);
    while (size > 0 && (buffer.text[size - 1] == '\n' || buffer.text[size - 1] == '\r')) {
        --size;
    }
    return {buffer.process_id, utf8_of(buffer.text, static_cast<int>(size))};
}

}  // namespace

class DebugMonitor::State {
public:
    ~State() {
        if (thread.joinable()) {
            ::SetEvent(stop.get());
            thread.join();
        }
    }

    void listen() {
        const HANDLE either[]{stop.get(), filled.get()};
        for (;;) {
            ::SetEvent(ready.get());
            if (::WaitForMultipleObjects(2, either, FALSE, INFINITE) != WAIT_OBJECT_0 + 1) {
                return;
            }
            const std::scoped_lock lock(mutex);
            lines.push_back(line_of(*buffer));
        }
    }

    Handle ready;
    Handle filled;
    Handle stop;
    Handle mapping;
    std::unique_ptr<const Buffer, Unmap> buffer;
    std::mutex mutex;
    std::vector<DebugLine> lines;
    std::thread thread;
};

DebugMonitor::DebugMonitor(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}

DebugMonitor::~DebugMonitor() = default;

WinResult<std::unique_ptr<DebugMonitor>> DebugMonitor::start() {
    auto state = std::make_unique<State>();
    // Services are in a session of their own, whose names are the global ones.
    state->mapping.reset(::CreateFileMappingW(
        INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, sizeof(Buffer), L"Global\\DBWIN_BUFFER"));
    if (!state->mapping || ::GetLastError() == ERROR_ALREADY_EXISTS) {
        return failed(::GetLastError());
    }
    state->ready.reset(::CreateEventW(nullptr, FALSE, FALSE, L"Global\\DBWIN_BUFFER_READY"));
    state->filled.reset(::CreateEventW(nullptr, FALSE, FALSE, L"Global\\DBWIN_DATA_READY"));
    state->stop.reset(::CreateEventW(nullptr, TRUE, FALSE, nullptr));
    state->buffer.reset(static_cast<const Buffer*>(
        ::MapViewOfFile(state->mapping.get(), FILE_MAP_READ, 0, 0, sizeof(Buffer))));
    if (!state->ready || !state->filled || !state->stop || !state->buffer) {
        return failed(::GetLastError());
    }
    state->thread = std::thread([&listener = *state] { listener.listen(); });
    return std::unique_ptr<DebugMonitor>(new DebugMonitor(std::move(state)));
}

std::vector<DebugLine> DebugMonitor::take() {
    const std::scoped_lock lock(state_->mutex);
    return std::exchange(state_->lines, {});
}

}  // namespace wslplugins::platform
