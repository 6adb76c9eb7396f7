// SPDX-License-Identifier: MIT
/// @file
/// `Version`: a WSL version as the plugin API reports it, three numbers.
#pragma once

#include <wslplugins/abi/information.hpp>
#include <wslplugins/core/result.hpp>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace wslplugins {

/// The version of WSL, ordered by major, minor, revision. The fourth component of a WSL release is not
/// part of the plugin API.
struct Version {
    /// @{
    /// One of the three components that the plugin API knows.
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint32_t revision = 0;
    /// @}

    /// By the first component that differs.
    friend constexpr auto operator<=>(const Version&, const Version&) noexcept = default;

    /// Of WSL's own form.
    [[nodiscard]] static constexpr Version from(const abi::WSLVersion& raw) noexcept {
        return {raw.Major, raw.Minor, raw.Revision};
    }

    /// Reads `2`, `2.4` or `2.4.4`; what is left out is 0.
    /// @return E_INVALIDARG for anything else, a fourth component or a number past 32 bits included.
    [[nodiscard]] static WinResult<Version> parse(std::string_view text);
};

/// `2.4.4`, always with three components.
[[nodiscard]] std::string to_string(const Version& version);

}  // namespace wslplugins
