// SPDX-License-Identifier: MIT
/// @file
/// A steady clock that costs next to nothing.
#pragma once

#include <cstdint>

namespace wslplugins::platform {

/// Milliseconds from some start; never goes back. Some 16 ms coarse on Windows, 4 ms elsewhere.
[[nodiscard]] std::uint64_t tick_count() noexcept;

}  // namespace wslplugins::platform
