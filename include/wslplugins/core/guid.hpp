// SPDX-License-Identifier: MIT
/// @file
/// `Guid`: the identifier of a distribution.
#pragma once

#include <wslplugins/abi/types.hpp>
#include <wslplugins/core/result.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wslplugins {

/// A GUID by value: compared, hashed, printed and parsed. Its bytes are in the order in which it is
/// written, so comparing orders as text does.
class Guid {
public:
    constexpr Guid() noexcept = default;

    /// Of WSL's own form.
    constexpr explicit Guid(const abi::GUID& raw) noexcept
        : bytes_{byte(raw.Data1, 24),
                 byte(raw.Data1, 16),
                 byte(raw.Data1, 8),
                 byte(raw.Data1, 0),
                 byte(raw.Data2, 8),
                 byte(raw.Data2, 0),
                 byte(raw.Data3, 8),
                 byte(raw.Data3, 0),
                 raw.Data4[0],
                 raw.Data4[1],
                 raw.Data4[2],
                 raw.Data4[3],
                 raw.Data4[4],
                 raw.Data4[5],
                 raw.Data4[6],
                 raw.Data4[7]} {}

    /// Reads 32 hex digits of either case: plain, with dashes (8-4-4-4-12), or with dashes in braces.
    /// @return E_INVALIDARG for anything else.
    [[nodiscard]] static WinResult<Guid> parse(std::string_view text);

    /// In WSL's own form.
    [[nodiscard]] constexpr abi::GUID raw() const noexcept {
        abi::GUID raw{};
        raw.Data1 = (std::uint32_t{bytes_[0]} << 24) | (std::uint32_t{bytes_[1]} << 16) |
                    (std::uint32_t{bytes_[2]} << 8) | std::uint32_t{bytes_[3]};
        raw.Data2 = static_cast<std::uint16_t>((bytes_[4] << 8) | bytes_[5]);
        raw.Data3 = static_cast<std::uint16_t>((bytes_[6] << 8) | bytes_[7]);
        for (std::size_t i = 0; i < 8; ++i) {
            raw.Data4[i] = bytes_[8 + i];
        }
        return raw;
    }

    /// In the order in which they are written.
    [[nodiscard]] constexpr const std::array<std::uint8_t, 16>& bytes() const noexcept {
        return bytes_;
    }

    /// In the order of the text.
    friend constexpr auto operator<=>(const Guid&, const Guid&) noexcept = default;

private:
    [[nodiscard]] static constexpr std::uint8_t byte(std::uint32_t value, int shift) noexcept {
        return static_cast<std::uint8_t>(value >> shift);
    }

    std::array<std::uint8_t, 16> bytes_{};
};

/// `{0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}`, as WSL's registry spells it.
[[nodiscard]] std::string to_string(const Guid& guid);

}  // namespace wslplugins

/// @cond
template <>
struct std::hash<wslplugins::Guid> {
    [[nodiscard]] std::size_t operator()(const wslplugins::Guid& guid) const noexcept {
        std::size_t value = 0;
        for (const std::uint8_t byte : guid.bytes()) {
            value = value * 31 + byte;
        }
        return value;
    }
};
/// @endcond
