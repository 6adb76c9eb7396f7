// SPDX-License-Identifier: MIT
/// @file
/// `WSLPluginAPIV1`: what the service offers to a plugin.
///
/// The table stays valid while the plugin is loaded. It is as long as the running service's version
/// makes it; `core/slot_table.hpp` says since when a slot exists. No slot may be read below that.
#pragma once

#include <wslplugins/abi/information.hpp>

namespace wslplugins::abi {

/// @{
/// The signature of the call of that name, as WSL has it.
using WSLPluginAPI_MountFolder = HRESULT (*)(
    WSLSessionId Session, LPCWSTR WindowsPath, LPCWSTR LinuxPath, BOOL ReadOnly, LPCWSTR Name);

using WSLPluginAPI_ExecuteBinary = HRESULT (*)(WSLSessionId Session,
                                               LPCSTR Path,
                                               LPCSTR* Arguments,
                                               SOCKET* Socket);

using WSLPluginAPI_PluginError = HRESULT (*)(LPCWSTR UserMessage);

using WSLPluginAPI_ExecuteBinaryInDistribution = HRESULT (*)(
    WSLSessionId Session, const GUID* Distribution, LPCSTR Path, LPCSTR* Arguments, SOCKET* Socket);

using WSLCPluginAPI_MountFolder = HRESULT (*)(WSLCSessionId Session,
                                              LPCWSTR WindowsPath,
                                              LPCSTR Mountpoint,
                                              BOOL ReadOnly);

using WSLCPluginAPI_UnmountFolder = HRESULT (*)(WSLCSessionId Session, LPCSTR Mountpoint);

using WSLCPluginAPI_CreateProcess = HRESULT (*)(WSLCSessionId Session,
                                                LPCSTR Executable,
                                                LPCSTR* Arguments,
                                                LPCSTR* Env,
                                                WSLCProcessHandle* Process,
                                                int* Errno);

using WSLCPluginAPI_ProcessGetFd = HRESULT (*)(WSLCProcessHandle Process,
                                               WSLCProcessFd Fd,
                                               HANDLE* Handle);

using WSLCPluginAPI_ProcessGetExitEvent = HRESULT (*)(WSLCProcessHandle Process, HANDLE* ExitEvent);

using WSLCPluginAPI_ProcessGetExitCode = HRESULT (*)(WSLCProcessHandle Process, int* ExitCode);

using WSLCPluginAPI_ReleaseProcess = void (*)(WSLCProcessHandle Process);
/// @}

/// WSL's table of calls. Its members are the service's; `Api` is what a plugin calls them by.
struct WSLPluginAPIV1 {
    /// The running service's version: how long this table is.
    WSLVersion Version;
    /// @{
    /// The call of that name.
    WSLPluginAPI_MountFolder MountFolder;
    WSLPluginAPI_ExecuteBinary ExecuteBinary;
    WSLPluginAPI_PluginError PluginError;
    WSLPluginAPI_ExecuteBinaryInDistribution ExecuteBinaryInDistribution;
    WSLCPluginAPI_MountFolder WSLCMountFolder;
    WSLCPluginAPI_UnmountFolder WSLCUnmountFolder;
    WSLCPluginAPI_CreateProcess WSLCCreateProcess;
    WSLCPluginAPI_ProcessGetFd WSLCProcessGetFd;
    WSLCPluginAPI_ProcessGetExitEvent WSLCProcessGetExitEvent;
    WSLCPluginAPI_ProcessGetExitCode WSLCProcessGetExitCode;
    WSLCPluginAPI_ReleaseProcess WSLCReleaseProcess;
    /// @}
};

}  // namespace wslplugins::abi
