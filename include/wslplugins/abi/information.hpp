// SPDX-License-Identifier: MIT
/// @file
/// The structs that WSL passes to a plugin's hooks.
///
/// Every struct, and everything that it points at, is valid only while the hook call is in progress.
/// No struct carries its size: an older WSL passes a shorter one, and reading a field that it does not
/// have reads past its end. `core/slot_table.hpp` says which version has which field.
#pragma once

#include <wslplugins/abi/types.hpp>

namespace wslplugins::abi {

/// Identifies a Windows user's WSL session. Counts from 0.
using WSLSessionId = DWORD;

/// Identifies a container session. Counts from 1; another space than `WSLSessionId`.
using WSLCSessionId = DWORD;

/// A process that `WSLCCreateProcess` started. Opaque.
using WSLCProcessHandle = void*;

/// A version of WSL, without the fourth component of its releases.
struct WSLVersion {
    /// @{
    /// Its components, in this order.
    std::uint32_t Major;
    std::uint32_t Minor;
    std::uint32_t Revision;
    /// @}
};

/// Flags, 4 bytes: what the user changed about the virtual machine.
enum WSLUserConfiguration : std::int32_t {
    None = 0,
    WSLUserConfigurationCustomKernel = 1,
    WSLUserConfigurationCustomKernelCommandLine = 2,
};

/// What the user set for the virtual machine that has started.
struct WSLVmCreationSettings {
    WSLUserConfiguration CustomConfigurationFlags;  ///< Several flags may be set.
};

/// A user's session.
struct WSLSessionInformation {
    WSLSessionId SessionId;  ///< The session's number, the same for all its hooks.
    HANDLE UserToken;        ///< NULL while the session has no virtual machine.
    PSID UserSid;            ///< The user's SID. It may be NULL.
};

/// A distribution that runs.
struct WSLDistributionInformation {
    GUID Id;                    ///< Its id, which outlives renaming.
    LPCWSTR Name;               ///< Its name, UTF-16.
    UINT64 PidNamespace;        ///< The number of its PID namespace in the virtual machine.
    LPCWSTR PackageFamilyName;  ///< NULL or empty when the distribution has no package.
    std::uint32_t InitPid;      ///< Since 2.0.5.
    LPCWSTR Flavor;             ///< Since 2.4.4; NULL or empty when unknown.
    LPCWSTR Version;            ///< Since 2.4.4; NULL or empty when unknown.
};

/// A distribution that need not run.
struct WslOfflineDistributionInformation {
    GUID Id;                    ///< Its id, which outlives renaming.
    LPCWSTR Name;               ///< Its name, UTF-16.
    LPCWSTR PackageFamilyName;  ///< NULL or empty when the distribution has no package.
    LPCWSTR Flavor;             ///< Since 2.4.4; NULL or empty when unknown.
    LPCWSTR Version;            ///< Since 2.4.4; NULL or empty when unknown.
};

/// A container session.
struct WSLCSessionInformation {
    WSLCSessionId SessionId;  ///< The session's number, the same for all its hooks.
    LPCWSTR DisplayName;      ///< The name that its maker gave it, UTF-16.
    DWORD ApplicationPid;     ///< The Windows process that made it.
    HANDLE UserToken;         ///< The user's token. It may be NULL.
    PSID UserSid;             ///< The user's SID. It may be NULL.
};

/// Which standard stream of a container process.
enum WSLCProcessFd : std::int32_t {
    WSLCProcessFdStdin = 0,
    WSLCProcessFdStdout = 1,
    WSLCProcessFdStderr = 2,
};

}  // namespace wslplugins::abi
