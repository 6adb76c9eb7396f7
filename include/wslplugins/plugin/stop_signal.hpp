// SPDX-License-Identifier: MIT
/// @file
/// `StopSignal`: how a background job learns that it should stop.
#pragma once

#include <chrono>
#include <memory>

namespace wslplugins {

/// Set once, never reset. Any thread may ask, wait and set. A job is given one; a unit test of a job makes its
/// own.
class StopSignal {
public:
    StopSignal();
    /// @{
    /// The other one may not be used any more.
    StopSignal(StopSignal&& other) noexcept;
    StopSignal& operator=(StopSignal&& other) noexcept;
    /// @}
    ~StopSignal();

    /// Sets it, and wakes whoever waits. Setting it again does nothing.
    void set() noexcept;

    /// Whether it is set.
    [[nodiscard]] bool is_set() const noexcept;

    /// Waits until it is set, at most for `time`: what a job does instead of sleeping.
    /// @return whether it is set.
    [[nodiscard]] bool wait_for(std::chrono::milliseconds time) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace wslplugins
