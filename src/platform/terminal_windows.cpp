// SPDX-License-Identifier: MIT
#include "platform/terminal.hpp"

#include <windows.h>

namespace wslplugins::platform {

bool input_is_terminal() noexcept {
    // Only a console has a mode: the null device is a character device too.
    DWORD mode = 0;
    return ::GetConsoleMode(::GetStdHandle(STD_INPUT_HANDLE), &mode) != 0;
}

}  // namespace wslplugins::platform
