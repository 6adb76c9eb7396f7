// SPDX-License-Identifier: MIT
/// @file
/// What hooks are told: the session, the virtual machine's settings, a distribution, each as long as the
/// service's WSL version makes it, with memory behind it that faults when it is read.
#pragma once

#include "platform/access_token.hpp"
#include "platform/guarded_memory.hpp"
#include "testhost/distribution_registry.hpp"
#include "testhost/machine.hpp"
#include "testhost/user_sid.hpp"

#include <wslplugins/core/text.hpp>
#include <wslplugins/testhost/service.hpp>

#include <cstdint>
#include <optional>

namespace wslplugins::testhost {

/// `WSLSessionInformation` of one user session; the same memory for every hook of the session.
class SessionInformation {
public:
    /// @param sid must outlive this: hooks get a pointer to it.
    [[nodiscard]] static WinResult<SessionInformation> make(std::uint32_t session, const Sid& sid);

    /// The token of who caused the virtual machine; without one the hooks see NULL.
    void set_token(platform::AccessToken token) noexcept;

    [[nodiscard]] const abi::WSLSessionInformation* get() const noexcept;

private:
    explicit SessionInformation(platform::GuardedMemory memory) noexcept
        : memory_(std::move(memory)) {}

    platform::GuardedMemory memory_;
    platform::AccessToken token_;
};

/// `WSLVmCreationSettings` of a virtual machine that the user has not changed.
class VmSettingsInformation {
public:
    [[nodiscard]] static WinResult<VmSettingsInformation> make();

    [[nodiscard]] const abi::WSLVmCreationSettings* get() const noexcept;

    /// The same for the journal.
    [[nodiscard]] std::vector<JournalArgument> arguments() const;

private:
    explicit VmSettingsInformation(platform::GuardedMemory memory) noexcept
        : memory_(std::move(memory)) {}

    platform::GuardedMemory memory_;
};

/// `WSLDistributionInformation` of a running distribution.
class DistributionInformation {
public:
    [[nodiscard]] static WinResult<DistributionInformation>
    make(const Version& version,
         const RegisteredDistribution& distribution,
         const StartedDistribution& started);

    [[nodiscard]] const abi::WSLDistributionInformation* get() const noexcept;

    /// The same for the journal.
    [[nodiscard]] const std::vector<JournalArgument>& arguments() const noexcept {
        return arguments_;
    }

private:
    explicit DistributionInformation(platform::GuardedMemory memory) noexcept
        : memory_(std::move(memory)) {}

    platform::GuardedMemory memory_;
    std::vector<std::unique_ptr<WideString>> texts_;  // what the struct points at
    std::vector<JournalArgument> arguments_;
};

}  // namespace wslplugins::testhost
