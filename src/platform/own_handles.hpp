// SPDX-License-Identifier: MIT
/// @file
/// `own_handles`: what this process holds of its system. On Windows only.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstdint>
#include <vector>

namespace wslplugins::platform {

struct OwnHandle {
    std::uintptr_t handle = 0;
    std::uint16_t type =
        0;  ///< The system's number for the kind of object, the same for all of a kind.
};

/// Every handle of this process, from the system's table of all handles. (The count that Windows keeps for a process is
/// always 0 under Wine.)
[[nodiscard]] WinResult<std::vector<OwnHandle>> own_handles();

}  // namespace wslplugins::platform
