// SPDX-License-Identifier: MIT
/// @file
/// Where WSL learns which plugins to load: the values of one registry key.
#pragma once

#include <wslplugins/core/linked_plugin.hpp>
#include <wslplugins/core/result.hpp>

#include <string>
#include <vector>

namespace wslplugins::testhost {

/// The key below HKEY_LOCAL_MACHINE whose REG_SZ values are the plugins.
inline constexpr char plugins_key[] = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Lxss\\Plugins";

/// One value of the key: the plugin's name as users see it, and the DLL's path, both UTF-8.
struct PluginRegistration {
    std::string name;  ///< As users see it in messages.
    std::string path;  ///< Of the library; UTF-8.

    /// False for any registry type but REG_SZ (REG_EXPAND_SZ included): WSL skips such a value.
    bool is_string = true;
    /// In place of a file: a plugin that is part of this program. Its path is not looked at, no signature is checked,
    /// and the service calls `forget` where it would free the DLL.
    LinkedPlugin linked{};
};

/// Every value of the key, in the registry's own order, which is the order of loading and of every hook.
/// @return ERROR_NOT_SUPPORTED where there is no registry.
[[nodiscard]] WinResult<std::vector<PluginRegistration>> read_plugins_key();

}  // namespace wslplugins::testhost
