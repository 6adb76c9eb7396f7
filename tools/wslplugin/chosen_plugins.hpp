// SPDX-License-Identifier: MIT
/// @file
/// The plugins that a command line names.
#pragma once

#include <wslplugins/testhost/plugin_registration.hpp>

#include <string>
#include <vector>

namespace wslplugins::tool {

/// Each argument as a registration: a file, which has a folder or an extension, or a registered name. All that are
/// registered without arguments.
/// @return ERROR_NOT_SUPPORTED where a registration is asked for and there is no registry; ERROR_NOT_FOUND.
[[nodiscard]] WinResult<std::vector<testhost::PluginRegistration>>
chosen_plugins(const std::vector<std::string>& arguments);

}  // namespace wslplugins::tool
