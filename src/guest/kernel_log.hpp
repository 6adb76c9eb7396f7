// SPDX-License-Identifier: MIT
/// @file
/// `KernelLog`: what is kept of the standard error streams of all that runs in the machine.
#pragma once

#include "guest/descriptor.hpp"
#include "guest/step.hpp"

#include <string>

namespace wslplugins::guest {

/// A pipe whose writing end the programs get, and the newest 64 KiB of what came through it.
class KernelLog {
public:
    [[nodiscard]] static Step<KernelLog> open();

    [[nodiscard]] int read_end() const noexcept { return read_end_.get(); }
    [[nodiscard]] int write_end() const noexcept { return write_end_.get(); }

    /// Reads what is in the pipe, without waiting for more.
    void drain();

    /// Gives what was kept, and keeps it no longer.
    [[nodiscard]] std::string take();

private:
    Descriptor read_end_;
    Descriptor write_end_;
    std::string text_;
};

}  // namespace wslplugins::guest
