// SPDX-License-Identifier: MIT
/// @file
/// For which processor this computer's own services are built.
#pragma once

#include <cstdint>

namespace wslplugins::platform {

inline constexpr std::uint16_t machine_x64 = 0x8664;    // IMAGE_FILE_MACHINE_AMD64
inline constexpr std::uint16_t machine_arm64 = 0xAA64;  // IMAGE_FILE_MACHINE_ARM64

/// As the PE format numbers it, also where this process is emulated; 0 where it is neither of the two.
[[nodiscard]] std::uint16_t native_machine() noexcept;

}  // namespace wslplugins::platform
