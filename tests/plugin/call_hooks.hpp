// SPDX-License-Identifier: MIT
/// @file
/// Calls the hooks in a table as WSL does, with data that ends where the version's structs end.
#pragma once

#include "support/raw_wsl.hpp"

#include <wslplugins/core/text.hpp>

#include <gtest/gtest.h>

namespace wslplugins::tests {

/// The hooks of the WSL 2 lifecycle.
inline constexpr Hook lifecycle_hooks[] = {Hook::OnVMStarted,
                                           Hook::OnVMStopping,
                                           Hook::OnDistributionStarted,
                                           Hook::OnDistributionStopping,
                                           Hook::OnDistributionRegistered,
                                           Hook::OnDistributionUnregistered};

inline constexpr Hook container_hooks[] = {Hook::OnSessionCreated,
                                           Hook::OnSessionStopping,
                                           Hook::ContainerStarted,
                                           Hook::ContainerStopping,
                                           Hook::ImageCreated,
                                           Hook::ImageDeleted,
                                           Hook::WslcVmStarted,
                                           Hook::WslcVmStopping};

inline HResult call_container_hook(const RawWsl& wsl, Hook hook) {
    static const WideString name = to_utf16("wslc-cli-alice").value();
    const CutStruct<abi::WSLCSessionInformation> session({3, name.c_str(), 4711, nullptr, nullptr},
                                                         sizeof(abi::WSLCSessionInformation));
    const abi::WSLPluginHooksV1* const table = wsl.hooks();
    switch (hook) {
        case Hook::OnSessionCreated: return HResult(table->OnSessionCreated(session.get()));
        case Hook::OnSessionStopping: return HResult(table->OnSessionStopping(session.get()));
        case Hook::ContainerStarted:
            return HResult(table->ContainerStarted(session.get(), R"({"Id":"c1"})"));
        case Hook::ContainerStopping: return HResult(table->ContainerStopping(session.get(), "c1"));
        case Hook::ImageCreated:
            return HResult(table->ImageCreated(session.get(), R"({"Id":"i1"})"));
        case Hook::ImageDeleted: return HResult(table->ImageDeleted(session.get(), "i1"));
        case Hook::WslcVmStarted: return HResult(table->WslcVmStarted(session.get()));
        case Hook::WslcVmStopping: return HResult(table->WslcVmStopping(session.get()));
        default: ADD_FAILURE() << "not a hook of containers"; return HResult::unexpected;
    }
}

inline HResult call_lifecycle_hook(const RawWsl& wsl, Hook hook) {
    static const WideString name = to_utf16("Debian").value();
    const abi::WSLSessionInformation session{7, nullptr, nullptr};
    const abi::WSLVmCreationSettings settings{abi::WSLUserConfigurationCustomKernel};
    const CutStruct<abi::WSLDistributionInformation> distribution(
        {{}, name.c_str(), 1, nullptr, 2, nullptr, nullptr},
        distribution_information_size(wsl.version()));
    const CutStruct<abi::WslOfflineDistributionInformation> offline(
        {{}, name.c_str(), nullptr, nullptr, nullptr},
        offline_distribution_information_size(wsl.version()));
    const abi::WSLPluginHooksV1* const table = wsl.hooks();
    switch (hook) {
        case Hook::OnVMStarted: return HResult(table->OnVMStarted(&session, &settings));
        case Hook::OnVMStopping: return HResult(table->OnVMStopping(&session));
        case Hook::OnDistributionStarted:
            return HResult(table->OnDistributionStarted(&session, distribution.get()));
        case Hook::OnDistributionStopping:
            return HResult(table->OnDistributionStopping(&session, distribution.get()));
        case Hook::OnDistributionRegistered:
            return HResult(table->OnDistributionRegistered(&session, offline.get()));
        case Hook::OnDistributionUnregistered:
            return HResult(table->OnDistributionUnregistered(&session, offline.get()));
        default: ADD_FAILURE() << "not a hook of the lifecycle"; return HResult::unexpected;
    }
}

/// Calls any of the 14.
inline HResult call_hook(const RawWsl& wsl, Hook hook) {
    return hook < Hook::OnSessionCreated ? call_lifecycle_hook(wsl, hook)
                                         : call_container_hook(wsl, hook);
}

}  // namespace wslplugins::tests
