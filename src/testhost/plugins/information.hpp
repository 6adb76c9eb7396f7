// SPDX-License-Identifier: MIT
/// @file
/// What hooks are told: the session, the virtual machine's settings, a distribution, each as long as the
/// service's WSL version makes it, with memory behind it that faults when it is read.
#pragma once

#include "platform/access_token.hpp"
#include "platform/guarded_memory.hpp"
#include "testhost/distribution_registry.hpp"
#include "testhost/machine/machine.hpp"
#include "testhost/user/user_sid.hpp"

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

/// `WSLVmCreationSettings` of a virtual machine.
class VmSettingsInformation {
public:
    /// @param config what counts of the user's settings.
    [[nodiscard]] static WinResult<VmSettingsInformation> make(const WslConfig& config);

    [[nodiscard]] const abi::WSLVmCreationSettings* get() const noexcept;

    /// The same for the journal.
    [[nodiscard]] std::vector<JournalArgument> arguments() const;

private:
    explicit VmSettingsInformation(platform::GuardedMemory memory) noexcept
        : memory_(std::move(memory)) {}

    platform::GuardedMemory memory_;
};

/// Texts as a struct points at them.
class WideTexts {
public:
    /// @return null for text that cannot be converted; `error` says why then.
    [[nodiscard]] abi::LPCWSTR add(std::string_view utf8);
    [[nodiscard]] abi::LPCWSTR add_or_null(std::string_view utf8) {
        return utf8.empty() ? nullptr : add(utf8);
    }

    [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }

private:
    std::vector<std::unique_ptr<WideString>> texts_;
    std::optional<Error> error_;
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
    WideTexts texts_;  // what the struct points at
    std::vector<JournalArgument> arguments_;
};

/// `WslOfflineDistributionInformation` of a distribution that has been registered or unregistered.
class OfflineDistributionInformation {
public:
    /// What an absent flavor or version is: the service passes "" for a registered one, NULL for an unregistered one.
    enum class Absent : std::uint8_t { Empty, Null };

    [[nodiscard]] static WinResult<OfflineDistributionInformation>
    make(const Version& version, const RegisteredDistribution& distribution, Absent absent);

    [[nodiscard]] const abi::WslOfflineDistributionInformation* get() const noexcept;

    /// The same for the journal.
    [[nodiscard]] const std::vector<JournalArgument>& arguments() const noexcept {
        return arguments_;
    }

private:
    explicit OfflineDistributionInformation(platform::GuardedMemory memory) noexcept
        : memory_(std::move(memory)) {}

    platform::GuardedMemory memory_;
    WideTexts texts_;
    std::vector<JournalArgument> arguments_;
};

}  // namespace wslplugins::testhost
