// SPDX-License-Identifier: MIT
#include "platform/attempt.hpp"
#include "platform/debug_output.hpp"

#include <wslplugins/core/text.hpp>

#include <dlfcn.h>

#include <cstdio>

namespace wslplugins::platform {

void write_debug_output(std::string_view line) noexcept {
    using OutputDebugString = void (*)(const char16_t*);
    // Looked up each time: the host that offers it may be gone by the next line.
    const auto output =
        reinterpret_cast<OutputDebugString>(dlsym(RTLD_DEFAULT, "OutputDebugStringW"));
    if (output == nullptr) {
        (void)std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
        return;
    }
    (void)attempt([&] { output(to_utf16_lossy(line).c_str()); });
}

}  // namespace wslplugins::platform
