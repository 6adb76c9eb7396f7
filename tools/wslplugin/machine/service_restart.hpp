// SPDX-License-Identifier: MIT
/// @file
/// Stopping and starting the WSL service, so that a kill in between leaves no machine without WSL.
#pragma once

#include "machine/record_keeper.hpp"

#include "platform/service_manager.hpp"

namespace wslplugins::tool {

/// What users are told before.
inline constexpr char restart_consequence[] =
    "The WSL service starts anew: every distribution and container of every user of this computer "
    "stops, and what runs in them is lost.";

/// The WSL service of this computer.
/// @return ERROR_SERVICE_DOES_NOT_EXIST where WSL is not installed.
[[nodiscard]] WinResult<platform::ServiceStatus> find_wsl_service();

/// Stops the service where it runs, starts it, and removes what it had held open. Blocks until both are done.
[[nodiscard]] WinResult<> restart_wsl_service(RecordKeeper& keeper);

}  // namespace wslplugins::tool
