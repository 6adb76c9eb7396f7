// SPDX-License-Identifier: MIT
/// @file
/// The service that loads plugins.
#pragma once

#include <chrono>

namespace wslplugins::tool {

/// As WSL's own installer names it. Service names ignore case.
inline constexpr char wsl_service_name[] = "WSLService";

/// How long it is waited for: it ends every virtual machine first, and loads every plugin.
inline constexpr std::chrono::seconds wsl_service_wait{120};

}  // namespace wslplugins::tool
