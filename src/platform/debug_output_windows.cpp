// SPDX-License-Identifier: MIT
#include "platform/attempt.hpp"
#include "platform/debug_output.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

namespace wslplugins::platform {

void write_debug_output(std::string_view line) noexcept {
    (void)attempt([&] { ::OutputDebugStringW(to_utf16_lossy(line).c_str()); });
}

}  // namespace wslplugins::platform
