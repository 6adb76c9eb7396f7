// SPDX-License-Identifier: MIT
/// @file
/// The result codes that the WSL plugin API defines itself.
///
/// Both names are macros in Microsoft's header. They are spelt differently here, or that header would
/// rewrite them wherever both are included.
#pragma once

#include <wslplugins/abi/types.hpp>

namespace wslplugins::abi {

/// `WSL_E_PLUGIN_REQUIRES_UPDATE`: the plugin needs a newer WSL than the one that loads it.
inline constexpr HRESULT plugin_requires_update = static_cast<HRESULT>(0x8004032Au);

/// `WSLC_E_VM_NOT_RUNNING`: the container session has no virtual machine now.
inline constexpr HRESULT wslc_vm_not_running = static_cast<HRESULT>(0x80040610u);

}  // namespace wslplugins::abi
