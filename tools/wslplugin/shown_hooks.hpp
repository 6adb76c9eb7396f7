// SPDX-License-Identifier: MIT
/// @file
/// The hooks of a plugin's record, by name.
#pragma once

#include <wslplugins/core/plugin_record.hpp>

#include <string>
#include <vector>

namespace wslplugins::tool {

/// The names in WSL's table, in its order; "hook 20" for one of a later framework.
[[nodiscard]] std::vector<std::string> shown_hooks(const PluginRecord& record);

}  // namespace wslplugins::tool
