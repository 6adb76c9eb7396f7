// SPDX-License-Identifier: MIT
#include "platform/exit_event.hpp"

#include <windows.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace wslplugins::platform {
namespace {

std::unexpected<Error> last_failure(const char* what) {
    const DWORD error = ::GetLastError();
    return failure(HResult::from_win32(error), std::string(what) + " an event failed");
}

DWORD milliseconds_until(Deadline deadline) {
    if (!deadline) {
        return INFINITE;
    }
    constexpr DWORD longest = INFINITE - 1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
    return static_cast<DWORD>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, longest));
}

}  // namespace

ExitEvent& ExitEvent::operator=(ExitEvent&& other) noexcept {
    if (this != &other) {
        close();
        raw_ = other.release();
    }
    return *this;
}

ExitEvent::~ExitEvent() {
    close();
}

WinResult<ExitEvent> ExitEvent::create() {
    const HANDLE made = ::CreateEventW(nullptr, TRUE, FALSE, nullptr);
    if (made == nullptr) {
        return last_failure("Making");
    }
    return ExitEvent(made);
}

WinResult<ExitEvent> ExitEvent::duplicate_to_wait() const {
    const HANDLE process = ::GetCurrentProcess();
    HANDLE duplicate = nullptr;
    if (!::DuplicateHandle(process, raw_, process, &duplicate, SYNCHRONIZE, FALSE, 0)) {
        return last_failure("Duplicating");
    }
    return ExitEvent(duplicate);
}

WinResult<> ExitEvent::signal() {
    if (!::SetEvent(raw_)) {
        return last_failure("Signalling");
    }
    return {};
}

WinResult<> ExitEvent::wait(Deadline deadline) const {
    const DWORD outcome = ::WaitForSingleObject(raw_, milliseconds_until(deadline));
    if (outcome == WAIT_TIMEOUT) {
        return failure(HResult::timeout, "The event was not signalled in time");
    }
    if (outcome != WAIT_OBJECT_0) {
        return last_failure("Waiting for");
    }
    return {};
}

abi::HANDLE ExitEvent::release() noexcept {
    return std::exchange(raw_, nullptr);
}

void ExitEvent::close() noexcept {
    if (raw_ != nullptr) {
        (void)::CloseHandle(release());
    }
}

}  // namespace wslplugins::platform
