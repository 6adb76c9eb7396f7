// SPDX-License-Identifier: MIT
// Only a host program links this file, because only a host names DebugOutputCapture; a plugin finds the
// function below in the host. The program must export its symbols (CMake: ENABLE_EXPORTS).
#include "platform/attempt.hpp"
#include "platform/debug_output.hpp"

#include <wslplugins/core/text.hpp>

#include <cstdio>
#include <mutex>

namespace wslplugins::platform {
namespace {

/// Recursive, because a listener may itself say something.
struct Installed {
    std::recursive_mutex mutex;
    DebugOutputListener* listener = nullptr;
};

Installed& installed() {
    static Installed only;
    return only;
}

void deliver(WideStringView text) {
    const std::string line = to_utf8_lossy(text);
    const std::lock_guard lock(installed().mutex);
    if (installed().listener != nullptr) {
        installed().listener->on_debug_output(line);
    } else {
        (void)std::fprintf(stderr, "%s\n", line.c_str());
    }
}

}  // namespace

DebugOutputCapture::DebugOutputCapture(DebugOutputListener& listener) : handler_(&installed()) {
    const std::lock_guard lock(installed().mutex);
    installed().listener = &listener;
}

DebugOutputCapture::~DebugOutputCapture() {
    const std::lock_guard lock(installed().mutex);
    installed().listener = nullptr;
}

}  // namespace wslplugins::platform

extern "C" [[gnu::visibility("default")]] void OutputDebugStringW(const char16_t* text) noexcept {
    if (text != nullptr) {
        (void)wslplugins::platform::attempt([&] { wslplugins::platform::deliver(text); });
    }
}
