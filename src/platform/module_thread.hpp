// SPDX-License-Identifier: MIT
/// @file
/// A thread in code that may be unloaded while it runs.
#pragma once

#include <wslplugins/core/result.hpp>

namespace wslplugins::platform {

/// Starts a thread that nobody joins. The module that this code was linked into stays loaded until `run` has
/// returned; a shared object stays loaded for good.
/// @return the system's code when there can be no thread; `run` is not called then.
[[nodiscard]] WinResult<> start_module_thread(void (*run)(void*) noexcept, void* argument);

}  // namespace wslplugins::platform
