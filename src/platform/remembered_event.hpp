// SPDX-License-Identifier: MIT
/// @file
/// `RememberedEvent`: whether a handle that was given away still stands for its event.
#pragma once

#include "platform/exit_event.hpp"

namespace wslplugins::platform {

/// The system gives a closed handle's number to the next one. This keeps a handle of the event's own, to compare with.
class RememberedEvent {
public:
    /// @param event of `ExitEvent`. @return what duplicating it fails with.
    [[nodiscard]] static WinResult<RememberedEvent> of(abi::HANDLE event);

    /// Whether that handle is open, and one of this event's. False where the system does not say.
    [[nodiscard]] bool is_event_of(abi::HANDLE handle) const noexcept;

private:
    explicit RememberedEvent(ExitEvent own) noexcept : own_(std::move(own)) {}

    ExitEvent own_;
};

}  // namespace wslplugins::platform
