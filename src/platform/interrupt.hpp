// SPDX-License-Identifier: MIT
/// @file
/// `InterruptWatch`: Ctrl-C as something to be asked about, where something has to be put back first.
#pragma once

namespace wslplugins::platform {

/// While it lives, Ctrl-C (on Windows Ctrl-Break too) does not end this process. One at a time.
class InterruptWatch {
public:
    InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;
    ~InterruptWatch();

    /// Whether it was pressed since the watch began. Any thread.
    [[nodiscard]] bool was_interrupted() const noexcept;
};

}  // namespace wslplugins::platform
