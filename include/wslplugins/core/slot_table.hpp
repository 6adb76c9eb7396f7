// SPDX-License-Identifier: MIT
/// @file
/// The one table of the plugin API's growth: every call, every hook and every field that came later,
/// with its place and its age.
///
/// Whatever depends on a version reads it here: which hooks are put into WSL's table, which calls and
/// fields may be touched, how long the test host makes its tables.
///
/// Two ages are kept. `slot_since` is the first version whose table has the slot at all: below it, the
/// slot must be neither read nor written. `since` is the version from which the framework uses it. They
/// differ for the container slots, which a pre-release line (2.8.7 to 2.8.12) had before the feature was
/// announced, in part with another signature.
#pragma once

#include <wslplugins/abi/hooks_v1.hpp>
#include <wslplugins/core/version.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace wslplugins {

/// Every hook, by the name of its member in `WSLPluginHooksV1` and in that order.
enum class Hook {
    OnVMStarted,
    OnVMStopping,
    OnDistributionStarted,
    OnDistributionStopping,
    OnDistributionRegistered,
    OnDistributionUnregistered,
    OnSessionCreated,
    OnSessionStopping,
    ContainerStarted,
    ContainerStopping,
    ImageCreated,
    ImageDeleted,
    WslcVmStarted,
    WslcVmStopping,
};

/// Every call, by the name of its member in `WSLPluginAPIV1` and in that order.
enum class ApiCall {
    MountFolder,
    ExecuteBinary,
    PluginError,
    ExecuteBinaryInDistribution,
    WSLCMountFolder,
    WSLCUnmountFolder,
    WSLCCreateProcess,
    WSLCProcessGetFd,
    WSLCProcessGetExitEvent,
    WSLCProcessGetExitCode,
    WSLCReleaseProcess,
};

/// A hook's row.
struct HookSlot {
    Hook hook;              ///< Which one.
    std::string_view name;  ///< Its member's name in WSL's table.
    std::size_t offset;     ///< Bytes from the table's beginning.
    Version slot_since;     ///< The first version whose table has it.
    Version since;          ///< The first version with which it is used.
    bool can_veto;  ///< WSL stops what the hook was told of if it fails, and shows its message.
};

/// A call's row.
struct ApiSlot {
    ApiCall call;           ///< Which one.
    std::string_view name;  ///< Its member's name in WSL's table.
    std::size_t offset;     ///< Bytes from the table's beginning.
    Version slot_since;     ///< The first version whose table has it.
    Version since;          ///< The first version with which it is used.
};

/// The oldest version there is: what the first release of the plugin API had.
inline constexpr Version first_version{2, 0, 0};

/// The newest version whose tables this table knows.
inline constexpr Version newest_known_version{2, 9, 5};

/// `WSLDistributionInformation::InitPid`.
inline constexpr Version init_pid_since{2, 0, 5};

/// `Flavor` and `Version` of both distribution structs.
inline constexpr Version flavor_and_version_since{2, 4, 4};

namespace detail {
inline constexpr Version registration_since{2, 1, 2};
inline constexpr Version container_slot_since{2, 8, 7};
inline constexpr Version container_since{2, 9, 0};
inline constexpr Version container_vm_since{2, 9, 5};
}  // namespace detail

// clang-format off
/// Every hook, in the order of WSL's table.
inline constexpr std::array<HookSlot, 14> hook_slots{{
    {Hook::OnVMStarted,                "OnVMStarted",                offsetof(abi::WSLPluginHooksV1, OnVMStarted),                first_version,                first_version,               true},
    {Hook::OnVMStopping,               "OnVMStopping",               offsetof(abi::WSLPluginHooksV1, OnVMStopping),               first_version,                first_version,               false},
    {Hook::OnDistributionStarted,      "OnDistributionStarted",      offsetof(abi::WSLPluginHooksV1, OnDistributionStarted),      first_version,                first_version,               true},
    {Hook::OnDistributionStopping,     "OnDistributionStopping",     offsetof(abi::WSLPluginHooksV1, OnDistributionStopping),     first_version,                first_version,               false},
    {Hook::OnDistributionRegistered,   "OnDistributionRegistered",   offsetof(abi::WSLPluginHooksV1, OnDistributionRegistered),   detail::registration_since,   detail::registration_since,  false},
    {Hook::OnDistributionUnregistered, "OnDistributionUnregistered", offsetof(abi::WSLPluginHooksV1, OnDistributionUnregistered), detail::registration_since,   detail::registration_since,  false},
    {Hook::OnSessionCreated,           "OnSessionCreated",           offsetof(abi::WSLPluginHooksV1, OnSessionCreated),           detail::container_slot_since, detail::container_since,     true},
    {Hook::OnSessionStopping,          "OnSessionStopping",          offsetof(abi::WSLPluginHooksV1, OnSessionStopping),          detail::container_slot_since, detail::container_since,     false},
    {Hook::ContainerStarted,           "ContainerStarted",           offsetof(abi::WSLPluginHooksV1, ContainerStarted),           detail::container_slot_since, detail::container_since,     true},
    {Hook::ContainerStopping,          "ContainerStopping",          offsetof(abi::WSLPluginHooksV1, ContainerStopping),          detail::container_slot_since, detail::container_since,     false},
    {Hook::ImageCreated,               "ImageCreated",               offsetof(abi::WSLPluginHooksV1, ImageCreated),               detail::container_slot_since, detail::container_since,     false},
    {Hook::ImageDeleted,               "ImageDeleted",               offsetof(abi::WSLPluginHooksV1, ImageDeleted),               detail::container_slot_since, detail::container_since,     false},
    {Hook::WslcVmStarted,              "WslcVmStarted",              offsetof(abi::WSLPluginHooksV1, WslcVmStarted),              detail::container_vm_since,   detail::container_vm_since,  false},
    {Hook::WslcVmStopping,             "WslcVmStopping",             offsetof(abi::WSLPluginHooksV1, WslcVmStopping),             detail::container_vm_since,   detail::container_vm_since,  false},
}};

/// Every call, in the order of WSL's table.
inline constexpr std::array<ApiSlot, 11> api_slots{{
    {ApiCall::MountFolder,                 "MountFolder",                 offsetof(abi::WSLPluginAPIV1, MountFolder),                 first_version,                first_version},
    {ApiCall::ExecuteBinary,               "ExecuteBinary",               offsetof(abi::WSLPluginAPIV1, ExecuteBinary),               first_version,                first_version},
    {ApiCall::PluginError,                 "PluginError",                 offsetof(abi::WSLPluginAPIV1, PluginError),                 first_version,                first_version},
    {ApiCall::ExecuteBinaryInDistribution, "ExecuteBinaryInDistribution", offsetof(abi::WSLPluginAPIV1, ExecuteBinaryInDistribution), detail::registration_since,   detail::registration_since},
    {ApiCall::WSLCMountFolder,             "WSLCMountFolder",             offsetof(abi::WSLPluginAPIV1, WSLCMountFolder),             detail::container_slot_since, detail::container_since},
    {ApiCall::WSLCUnmountFolder,           "WSLCUnmountFolder",           offsetof(abi::WSLPluginAPIV1, WSLCUnmountFolder),           detail::container_slot_since, detail::container_since},
    {ApiCall::WSLCCreateProcess,           "WSLCCreateProcess",           offsetof(abi::WSLPluginAPIV1, WSLCCreateProcess),           detail::container_slot_since, detail::container_since},
    {ApiCall::WSLCProcessGetFd,            "WSLCProcessGetFd",            offsetof(abi::WSLPluginAPIV1, WSLCProcessGetFd),            detail::container_slot_since, detail::container_since},
    {ApiCall::WSLCProcessGetExitEvent,     "WSLCProcessGetExitEvent",     offsetof(abi::WSLPluginAPIV1, WSLCProcessGetExitEvent),     detail::container_slot_since, detail::container_since},
    {ApiCall::WSLCProcessGetExitCode,      "WSLCProcessGetExitCode",      offsetof(abi::WSLPluginAPIV1, WSLCProcessGetExitCode),      detail::container_slot_since, detail::container_since},
    {ApiCall::WSLCReleaseProcess,          "WSLCReleaseProcess",          offsetof(abi::WSLPluginAPIV1, WSLCReleaseProcess),          detail::container_slot_since, detail::container_since},
}};
// clang-format on

/// The row of that hook.
[[nodiscard]] constexpr const HookSlot& slot_of(Hook hook) noexcept {
    return hook_slots[static_cast<std::size_t>(hook)];
}

/// The row of that call.
[[nodiscard]] constexpr const ApiSlot& slot_of(ApiCall call) noexcept {
    return api_slots[static_cast<std::size_t>(call)];
}

/// Bytes of `WSLPluginHooksV1` in that version of WSL; the first release's for anything older.
[[nodiscard]] constexpr std::size_t hooks_table_size(const Version& version) noexcept {
    std::size_t size = 0;
    for (const HookSlot& slot : hook_slots) {
        if (slot.slot_since == first_version || version >= slot.slot_since) {
            size = slot.offset + sizeof(void*);
        }
    }
    return size;
}

/// Bytes of `WSLPluginAPIV1` in that version of WSL; the first release's for anything older.
[[nodiscard]] constexpr std::size_t api_table_size(const Version& version) noexcept {
    std::size_t size = 0;
    for (const ApiSlot& slot : api_slots) {
        if (slot.slot_since == first_version || version >= slot.slot_since) {
            size = slot.offset + sizeof(void*);
        }
    }
    return size;
}

/// Bytes of `WSLDistributionInformation` in that version of WSL.
[[nodiscard]] constexpr std::size_t distribution_information_size(const Version& version) noexcept {
    if (version >= flavor_and_version_since) {
        return sizeof(abi::WSLDistributionInformation);
    }
    // 2.0.5 added InitPid, whose 4 bytes are padded to 8.
    return version >= init_pid_since ? offsetof(abi::WSLDistributionInformation, Flavor)
                                     : offsetof(abi::WSLDistributionInformation, InitPid);
}

/// Bytes of `WslOfflineDistributionInformation` in that version of WSL.
[[nodiscard]] constexpr std::size_t
offline_distribution_information_size(const Version& version) noexcept {
    return version >= flavor_and_version_since
               ? sizeof(abi::WslOfflineDistributionInformation)
               : offsetof(abi::WslOfflineDistributionInformation, Flavor);
}

}  // namespace wslplugins
