// SPDX-License-Identifier: MIT
/// @file
/// A /proc that shows a PID namespace and lets nobody change the machine's kernel.
#pragma once

#include "guest/step.hpp"

#include <string>

namespace wslplugins::guest {

/// Mounts a new /proc at `target`. What is not about processes is read-only, whether it can be written
/// today or not, and what tells the machine's secrets is empty.
[[nodiscard]] Step<> mount_proc(const std::string& target);

}  // namespace wslplugins::guest
