// SPDX-License-Identifier: MIT
/// @file
/// `WSLPluginHooksV1`, which a plugin fills in, and the entry point that receives it.
///
/// The table belongs to the service and is as long as the running service's version makes it: a slot
/// that this version lacks lies past its end and must not be written. It may be written only until the
/// entry point returns.
#pragma once

#include <wslplugins/abi/api_v1.hpp>

namespace wslplugins::abi {

/// @{
/// The signature of the hook of that name, as WSL has it.
using WSLPluginAPI_OnVMStarted = HRESULT (*)(const WSLSessionInformation* Session,
                                             const WSLVmCreationSettings* Settings);

using WSLPluginAPI_OnVMStopping = HRESULT (*)(const WSLSessionInformation* Session);

using WSLPluginAPI_OnDistributionStarted = HRESULT (*)(
    const WSLSessionInformation* Session, const WSLDistributionInformation* Distribution);

using WSLPluginAPI_OnDistributionStopping = HRESULT (*)(
    const WSLSessionInformation* Session, const WSLDistributionInformation* Distribution);

using WSLPluginAPI_OnDistributionRegistered = HRESULT (*)(
    const WSLSessionInformation* Session, const WslOfflineDistributionInformation* Distribution);

using WSLPluginAPI_OnSessionCreated = HRESULT (*)(const WSLCSessionInformation* Session);

using WSLPluginAPI_OnSessionStopping = HRESULT (*)(const WSLCSessionInformation* Session);

using WSLPluginAPI_ContainerStarted = HRESULT (*)(const WSLCSessionInformation* Session,
                                                  LPCSTR InspectJson);

using WSLPluginAPI_ContainerStopping = HRESULT (*)(const WSLCSessionInformation* Session,
                                                   LPCSTR ContainerId);

using WSLPluginAPI_ImageCreated = HRESULT (*)(const WSLCSessionInformation* Session,
                                              LPCSTR InspectJson);

using WSLPluginAPI_ImageDeleted = HRESULT (*)(const WSLCSessionInformation* Session,
                                              LPCSTR ImageId);

using WSLPluginAPI_OnWslcVmStarted = HRESULT (*)(const WSLCSessionInformation* Session);

using WSLPluginAPI_OnWslcVmStopping = HRESULT (*)(const WSLCSessionInformation* Session);
/// @}

/// The table that a plugin fills in: a function for each hook that it wants, null for the others.
struct WSLPluginHooksV1 {
    /// @{
    /// The function for the hook of that name.
    WSLPluginAPI_OnVMStarted OnVMStarted;
    WSLPluginAPI_OnVMStopping OnVMStopping;
    WSLPluginAPI_OnDistributionStarted OnDistributionStarted;
    WSLPluginAPI_OnDistributionStopping OnDistributionStopping;
    WSLPluginAPI_OnDistributionRegistered OnDistributionRegistered;
    WSLPluginAPI_OnDistributionRegistered OnDistributionUnregistered;
    WSLPluginAPI_OnSessionCreated OnSessionCreated;
    WSLPluginAPI_OnSessionStopping OnSessionStopping;
    WSLPluginAPI_ContainerStarted ContainerStarted;
    WSLPluginAPI_ContainerStopping ContainerStopping;
    WSLPluginAPI_ImageCreated ImageCreated;
    WSLPluginAPI_ImageDeleted ImageDeleted;
    WSLPluginAPI_OnWslcVmStarted WslcVmStarted;
    WSLPluginAPI_OnWslcVmStopping WslcVmStopping;
    /// @}
};

/// What a plugin exports, undecorated, as `entry_point_name`.
using WSLPluginAPI_EntryPointV1 = HRESULT (*)(const WSLPluginAPIV1* Api, WSLPluginHooksV1* Hooks);

/// The name under which WSL looks the entry point up.
inline constexpr char entry_point_name[] = "WSLPluginAPIV1_EntryPoint";

}  // namespace wslplugins::abi
