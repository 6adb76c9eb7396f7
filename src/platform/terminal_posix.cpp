// SPDX-License-Identifier: MIT
#include "platform/terminal.hpp"

#include <unistd.h>

namespace wslplugins::platform {

bool input_is_terminal() noexcept {
    return ::isatty(STDIN_FILENO) == 1;
}

}  // namespace wslplugins::platform
