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

struct WSLVersion {
    std::uint32_t Major;
    std::uint32_t Minor;
    std::uint32_t Revision;
};

/// Flags, 4 bytes: what the user changed about the virtual machine.
enum WSLUserConfiguration : std::int32_t {
    None = 0,
    WSLUserConfigurationCustomKernel = 1,
    WSLUserConfigurationCustomKernelCommandLine = 2,
};

struct WSLVmCreationSettings {
    WSLUserConfiguration CustomConfigurationFlags;
};

struct WSLSessionInformation {
    WSLSessionId SessionId;
    HANDLE UserToken;  ///< NULL while the session has no virtual machine.
    PSID UserSid;
};

struct WSLDistributionInformation {
    GUID Id;
    LPCWSTR Name;
    UINT64 PidNamespace;
    LPCWSTR PackageFamilyName;  ///< NULL or empty when the distribution has no package.
    std::uint32_t InitPid;      ///< Since 2.0.5.
    LPCWSTR Flavor;             ///< Since 2.4.4; NULL or empty when unknown.
    LPCWSTR Version;            ///< Since 2.4.4; NULL or empty when unknown.
};

struct WslOfflineDistributionInformation {
    GUID Id;
    LPCWSTR Name;
    LPCWSTR PackageFamilyName;  ///< NULL or empty when the distribution has no package.
    LPCWSTR Flavor;             ///< Since 2.4.4; NULL or empty when unknown.
    LPCWSTR Version;            ///< Since 2.4.4; NULL or empty when unknown.
};

struct WSLCSessionInformation {
    WSLCSessionId SessionId;
    LPCWSTR DisplayName;
    DWORD ApplicationPid;
    HANDLE UserToken;
    PSID UserSid;
};

/// Which standard stream of a container process.
enum WSLCProcessFd : std::int32_t {
    WSLCProcessFdStdin = 0,
    WSLCProcessFdStdout = 1,
    WSLCProcessFdStderr = 2,
};

}  // namespace wslplugins::abi
