// SPDX-License-Identifier: MIT
#include "platform/interrupt.hpp"

#include <windows.h>

#include <atomic>

namespace wslplugins::platform {
namespace {

std::atomic<bool> is_pressed{false};

/// On a thread of Windows' own. A window that closes, and a user who logs off, end the process all the same.
BOOL WINAPI on_control(DWORD control) {
    if (control != CTRL_C_EVENT && control != CTRL_BREAK_EVENT) {
        return FALSE;
    }
    is_pressed = true;
    return TRUE;
}

}  // namespace

InterruptWatch::InterruptWatch() {
    is_pressed = false;
    ::SetConsoleCtrlHandler(on_control, TRUE);
}

InterruptWatch::~InterruptWatch() {
    ::SetConsoleCtrlHandler(on_control, FALSE);
}

bool InterruptWatch::was_interrupted() const noexcept {
    return is_pressed;
}

}  // namespace wslplugins::platform
