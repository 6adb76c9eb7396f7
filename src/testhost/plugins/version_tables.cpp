// SPDX-License-Identifier: MIT
#include "testhost/plugins/version_tables.hpp"

#include <wslplugins/core/slot_table.hpp>

#include <cstring>

namespace wslplugins::testhost {
namespace {

/// From this version on, WSLCMountFolder has the signature of the ABI's declaration.
constexpr Version mountpoint_argument_since{2, 8, 12};

abi::WSLPluginAPIV1 full_table(const Version& version, const ApiFunctions& functions) noexcept {
    abi::WSLPluginAPIV1 table = functions.newest;
    table.Version = {version.major, version.minor, version.revision};
    if (version < mountpoint_argument_since) {
        // One slot, two signatures: a plugin of such a version knows which one it calls.
        table.WSLCMountFolder = reinterpret_cast<abi::WSLCPluginAPI_MountFolder>(
            reinterpret_cast<void (*)()>(functions.early_wslc_mount_folder));
    }
    return table;
}

}  // namespace

WinResult<platform::GuardedMemory> make_api_table(const Version& version,
                                                  const ApiFunctions& functions) {
    auto memory = platform::GuardedMemory::allocate(api_table_size(version));
    if (memory) {
        const abi::WSLPluginAPIV1 table = full_table(version, functions);
        std::memcpy(memory->data(), &table, memory->size());
    }
    return memory;
}

WinResult<platform::GuardedMemory> make_hooks_table(const Version& version) {
    return platform::GuardedMemory::allocate(hooks_table_size(version));
}

abi::WSLPluginHooksV1 copy_hooks(const platform::GuardedMemory& table) noexcept {
    abi::WSLPluginHooksV1 hooks{};
    std::memcpy(&hooks, table.data(), table.size());
    return hooks;
}

}  // namespace wslplugins::testhost
