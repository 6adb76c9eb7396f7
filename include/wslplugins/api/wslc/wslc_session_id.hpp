// SPDX-License-Identifier: MIT
/// @file
/// `WslcSessionId`: the number of a container session.
#pragma once

#include <wslplugins/abi/information.hpp>

#include <compare>
#include <cstddef>
#include <string_view>  // std::hash, without the rest of <functional>

namespace wslplugins {

/// A type of its own: a container session's number and a WSL session's are two counts that overlap, and
/// neither serves where the other is asked for.
///
/// WSL counts from 1 since the service started, and a session that a plugin refused uses a number up too (read
/// in WSL's source). The number may be kept; calls about a session that has ended answer
/// WSLC_E_SESSION_NOT_FOUND.
class WslcSessionId {
public:
    /// For a number that WSL passed, or one of a unit test.
    constexpr explicit WslcSessionId(abi::WSLCSessionId value) noexcept : value_(value) {}

    /// The number as WSL has it.
    [[nodiscard]] constexpr abi::WSLCSessionId value() const noexcept { return value_; }

    /// By the number.
    friend constexpr auto operator<=>(WslcSessionId, WslcSessionId) noexcept = default;

private:
    abi::WSLCSessionId value_;
};

}  // namespace wslplugins

/// @cond
template <>
struct std::hash<wslplugins::WslcSessionId> {
    [[nodiscard]] std::size_t operator()(wslplugins::WslcSessionId id) const noexcept {
        return std::hash<wslplugins::abi::WSLCSessionId>{}(id.value());
    }
};
/// @endcond
