// SPDX-License-Identifier: MIT
/// @file
/// Services of this computer: what they do, and starting and stopping one. Only Windows and Wine have a service
/// manager; elsewhere every function answers ERROR_NOT_SUPPORTED.
#pragma once

#include <wslplugins/core/result.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::platform {

enum class ServiceState : std::uint8_t { Stopped, Starting, Running, Stopping, Paused };

struct ServiceStatus {
    ServiceState state = ServiceState::Stopped;
    std::uint32_t process_id = 0;  ///< 0 where no process runs.
    /// When that process began, in milliseconds since 1970, UTC; none where none runs, or Windows does not tell.
    std::optional<std::int64_t> started;
};

/// A service whose process has ended is stopped, also where the service manager has not noticed.
/// @return none when no such service is installed. Needs no administrator.
[[nodiscard]] WinResult<std::optional<ServiceStatus>> query_service(std::string_view name);

/// Starts the service and waits until it runs. One that runs already is fine.
/// @return what the service ended with where it did not come up; ERROR_PROCESS_ABORTED, at once, where its process ended
///         without a word to the service manager; ERROR_TIMEOUT, when it may still come up later;
///         ERROR_ACCESS_DENIED without an administrator's rights.
[[nodiscard]] WinResult<> start_service(std::string_view name, std::chrono::milliseconds limit);

/// Stops the service and waits until its process has ended. One that does not run is fine.
/// @return as for `start_service`; ERROR_DEPENDENT_SERVICES_RUNNING.
[[nodiscard]] WinResult<> stop_service(std::string_view name, std::chrono::milliseconds limit);

/// The full paths of the program and the DLLs that a process has loaded.
/// @return ERROR_ACCESS_DENIED where only an administrator may ask.
[[nodiscard]] WinResult<std::vector<std::string>> loaded_modules(std::uint32_t process_id);

}  // namespace wslplugins::platform
