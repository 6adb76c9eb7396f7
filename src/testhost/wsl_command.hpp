// SPDX-License-Identifier: MIT
/// @file
/// What users do with `wsl.exe`, from the command line to what it prints.
#pragma once

#include "testhost/running_service.hpp"

namespace wslplugins::testhost {

[[nodiscard]] UserOutput launch_command(RunningService& service,
                                        std::string_view distribution,
                                        const std::vector<std::string>& command);

[[nodiscard]] UserOutput shutdown_command(RunningService& service);

}  // namespace wslplugins::testhost
