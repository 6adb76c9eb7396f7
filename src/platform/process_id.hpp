// SPDX-License-Identifier: MIT
/// @file
/// Which process this is.
#pragma once

#include <cstdint>

namespace wslplugins::platform {

/// The number that the system gave this process.
[[nodiscard]] std::uint32_t process_id() noexcept;

}  // namespace wslplugins::platform
