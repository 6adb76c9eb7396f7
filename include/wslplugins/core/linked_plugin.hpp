// SPDX-License-Identifier: MIT
/// @file
/// `LinkedPlugin`: a plugin that is part of the program which hosts it, for unit tests.
#pragma once

#include <wslplugins/abi/hooks_v1.hpp>

namespace wslplugins {

/// What a host calls where it would load a DLL and free it. `linked_plugin` makes one of a plugin class; a plugin
/// in any other language is its entry point.
struct LinkedPlugin {
    abi::WSLPluginAPI_EntryPointV1 entry_point = nullptr;  ///< What WSL would call.

    /// Leaves the plugin as it was before the entry point was first called, as freeing and loading a DLL does; null
    /// where there is nothing to do. Called when no hook of the plugin runs. @return false where that cannot be.
    bool (*forget)() noexcept = nullptr;
};

}  // namespace wslplugins
