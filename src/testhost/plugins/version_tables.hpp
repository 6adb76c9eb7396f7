// SPDX-License-Identifier: MIT
/// @file
/// The two tables that meet in a plugin's entry point, each as long as a WSL version makes it, with memory
/// behind it that faults when it is touched.
#pragma once

#include "platform/guarded_memory.hpp"

#include <wslplugins/abi/hooks_v1.hpp>
#include <wslplugins/core/version.hpp>

namespace wslplugins::testhost {

/// The functions that a table is made of. The slot of `WSLCMountFolder` has had two signatures.
struct ApiFunctions {
    abi::WSLPluginAPIV1 newest;
    abi::HRESULT (*early_wslc_mount_folder)(abi::WSLCSessionId session,
                                            abi::LPCWSTR windows_path,
                                            abi::BOOL read_only,
                                            abi::LPCWSTR name,
                                            char* mountpoint);
};

/// The `WSLPluginAPIV1` of that version, made of these functions.
[[nodiscard]] WinResult<platform::GuardedMemory> make_api_table(const Version& version,
                                                                const ApiFunctions& functions);

/// A zero-filled `WSLPluginHooksV1` of that version.
[[nodiscard]] WinResult<platform::GuardedMemory> make_hooks_table(const Version& version);

/// What a plugin wrote, in the full length; null where the version has no slot.
[[nodiscard]] abi::WSLPluginHooksV1 copy_hooks(const platform::GuardedMemory& table) noexcept;

}  // namespace wslplugins::testhost
