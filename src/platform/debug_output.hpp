// SPDX-License-Identifier: MIT
/// @file
/// What a plugin says with `OutputDebugStringW`: written, and, in the test host, caught.
///
/// On Windows this is the debugger's channel, which any viewer of debug output shows. Where there is no
/// such function, the test host exports one of that name (`const char16_t*`), which a plugin that is built as a
/// shared object finds by itself; where no host does, the text goes to the standard error stream.
#pragma once

#include <string_view>

namespace wslplugins::platform {

/// Writes one line (UTF-8, no line end needed). Best effort; any thread.
void write_debug_output(std::string_view line) noexcept;

/// Receives each text on the thread that said it, UTF-8 (what is no valid UTF-16 is replaced).
class DebugOutputListener {
public:
    virtual void on_debug_output(std::string_view text) noexcept = 0;

protected:
    ~DebugOutputListener() = default;
};

/// While it lives, debug output of this process goes to the listener and nowhere else. One at a time.
class DebugOutputCapture {
public:
    explicit DebugOutputCapture(DebugOutputListener& listener);
    DebugOutputCapture(const DebugOutputCapture&) = delete;
    DebugOutputCapture& operator=(const DebugOutputCapture&) = delete;
    ~DebugOutputCapture();

private:
    void* handler_ = nullptr;
};

}  // namespace wslplugins::platform
