// SPDX-License-Identifier: MIT
#include "testhost/version_tables.hpp"

#include "testhost/api_functions.hpp"

#include <wslplugins/core/slot_table.hpp>

#include <cstring>

namespace wslplugins::testhost {
namespace {

/// From this version on, WSLCMountFolder has the signature of the ABI's declaration.
constexpr Version mountpoint_argument_since{2, 8, 12};

abi::WSLPluginAPIV1 full_table(const Version& version) noexcept {
    namespace api = api_functions;
    const bool is_early = version < mountpoint_argument_since;
    // One slot, two signatures: a plugin of such a version knows which one it calls.
    const auto early = reinterpret_cast<abi::WSLCPluginAPI_MountFolder>(
        reinterpret_cast<void (*)()>(&api::early_wslc_mount_folder));
    return {{version.major, version.minor, version.revision},
            &api::mount_folder,
            &api::execute_binary,
            &api::plugin_error,
            &api::execute_binary_in_distribution,
            is_early ? early : &api::wslc_mount_folder,
            &api::wslc_unmount_folder,
            &api::wslc_create_process,
            &api::wslc_process_get_fd,
            &api::wslc_process_get_exit_event,
            &api::wslc_process_get_exit_code,
            &api::wslc_release_process};
}

}  // namespace

WinResult<platform::GuardedMemory> make_api_table(const Version& version) {
    auto memory = platform::GuardedMemory::allocate(api_table_size(version));
    if (memory) {
        const abi::WSLPluginAPIV1 table = full_table(version);
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
