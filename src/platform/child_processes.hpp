// SPDX-License-Identifier: MIT
/// @file
/// `child_processes`: which processes this one has started.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstdint>
#include <set>

namespace wslplugins::platform {

/// The numbers of the processes that have this one for their parent, and run. On Linux also those that have ended and that
/// nobody has waited for.
/// @return what asking the system fails with.
[[nodiscard]] WinResult<std::set<std::uint64_t>> child_processes();

}  // namespace wslplugins::platform
