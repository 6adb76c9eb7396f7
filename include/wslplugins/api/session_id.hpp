// SPDX-License-Identifier: MIT
/// @file
/// `SessionId`: the number of a Windows user's WSL session.
#pragma once

#include <wslplugins/abi/information.hpp>

#include <compare>
#include <cstdint>
#include <string_view>  // std::hash, without the rest of <functional>

namespace wslplugins {

/// A type of its own, so that it cannot be mixed up with a container session's number or a count.
///
/// WSL counts from 0, one for each user's session since the service started. The number outlives the
/// virtual machine, so it may be kept; it changes when the user logs off or the service restarts, and it
/// is not the session number of Windows.
class SessionId {
public:
    /// For a number that WSL passed, or one of a unit test.
    constexpr explicit SessionId(abi::WSLSessionId value) noexcept : value_(value) {}

    /// The number as WSL has it.
    [[nodiscard]] constexpr abi::WSLSessionId value() const noexcept { return value_; }

    /// By the number.
    friend constexpr auto operator<=>(SessionId, SessionId) noexcept = default;

private:
    abi::WSLSessionId value_;
};

}  // namespace wslplugins

/// @cond
template <>
struct std::hash<wslplugins::SessionId> {
    [[nodiscard]] std::size_t operator()(wslplugins::SessionId id) const noexcept {
        return std::hash<wslplugins::abi::WSLSessionId>{}(id.value());
    }
};
/// @endcond
