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

inline HResult call_hook(const RawWsl& wsl, Hook hook) {
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

}  // namespace wslplugins::tests
