// SPDX-License-Identifier: MIT
/// @file
/// `Drained`: what has work in the background, and is given time to finish it.
#pragma once

#include <chrono>

namespace wslplugins::detail {

class Drained {
public:
    using Time = std::chrono::steady_clock::time_point;

    Drained() = default;
    Drained(const Drained&) = delete;
    Drained& operator=(const Drained&) = delete;
    virtual ~Drained() = default;

    /// Waits for the work, until its own limit, counted from `began`, is over.
    virtual void drain(Time began) noexcept = 0;

    /// Whether no thread works for it; it touches nothing of the plugin then.
    [[nodiscard]] virtual bool is_idle() noexcept = 0;
};

}  // namespace wslplugins::detail
