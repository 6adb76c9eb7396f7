// SPDX-License-Identifier: MIT
/// @file
/// `Deadline`: until when a call waits.
#pragma once

#include <chrono>
#include <optional>

namespace wslplugins {

/// A point in time to wait until; none waits for ever.
using Deadline = std::optional<std::chrono::steady_clock::time_point>;

}  // namespace wslplugins
