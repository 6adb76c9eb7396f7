// SPDX-License-Identifier: MIT
/// @file
/// `Capability`: what later versions of WSL added to the plugin API, by name.
#pragma once

#include <wslplugins/core/slot_table.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace wslplugins {

/// What not every WSL has, as a plugin requires it or asks for it. `capability_rows` says since when.
enum class Capability : std::uint8_t {
    DistributionInitPid,
    DistributionRegisteredHook,
    DistributionUnregisteredHook,
    ExecuteBinaryInDistribution,
    DistributionFlavor,
    DistributionVersion,
    Wslc,
    WslcVmHooks,
};

/// One line of the table of capabilities.
struct CapabilityRow {
    Capability capability;  ///< Which one.
    std::string_view name;  ///< As it is written in code, and in the tool's output.
    Version since;          ///< The first version of WSL that has it.
};

/// Every capability, in the order of the enumeration.
inline constexpr std::array<CapabilityRow, 8> capability_rows{{
    {Capability::DistributionInitPid, "DistributionInitPid", init_pid_since},
    {Capability::DistributionRegisteredHook,
     "DistributionRegisteredHook",
     slot_of(Hook::OnDistributionRegistered).since},
    {Capability::DistributionUnregisteredHook,
     "DistributionUnregisteredHook",
     slot_of(Hook::OnDistributionUnregistered).since},
    {Capability::ExecuteBinaryInDistribution,
     "ExecuteBinaryInDistribution",
     slot_of(ApiCall::ExecuteBinaryInDistribution).since},
    {Capability::DistributionFlavor, "DistributionFlavor", flavor_and_version_since},
    {Capability::DistributionVersion, "DistributionVersion", flavor_and_version_since},
    {Capability::Wslc, "Wslc", slot_of(Hook::OnSessionCreated).since},
    {Capability::WslcVmHooks, "WslcVmHooks", slot_of(Hook::WslcVmStarted).since},
}};

/// The first version of WSL that has it.
[[nodiscard]] constexpr Version required_version(Capability capability) noexcept {
    return capability_rows[static_cast<std::size_t>(capability)].since;
}

/// Its name in code.
[[nodiscard]] constexpr std::string_view name_of(Capability capability) noexcept {
    return capability_rows[static_cast<std::size_t>(capability)].name;
}

/// Whether that version of WSL has it.
[[nodiscard]] constexpr bool supports(const Version& version, Capability capability) noexcept {
    return version >= required_version(capability);
}

/// Several capabilities, written `Capability::A | Capability::B`.
class CapabilitySet {
public:
    constexpr CapabilitySet() noexcept = default;
    /// Implicit: one capability is a set.
    constexpr CapabilitySet(Capability capability) noexcept : bits_(bit(capability)) {}

    /// Whether it is in the set.
    [[nodiscard]] constexpr bool contains(Capability capability) const noexcept {
        return (bits_ & bit(capability)) != 0;
    }

    /// The first version of WSL that has all of them; the first release for the empty set.
    [[nodiscard]] constexpr Version required_version() const noexcept {
        Version highest = first_version;
        for (const CapabilityRow& row : capability_rows) {
            if (contains(row.capability) && row.since > highest) {
                highest = row.since;
            }
        }
        return highest;
    }

    /// What is in either set.
    friend constexpr CapabilitySet operator|(CapabilitySet left, CapabilitySet right) noexcept {
        CapabilitySet both;
        both.bits_ = left.bits_ | right.bits_;
        return both;
    }

    /// The same capabilities.
    friend constexpr bool operator==(CapabilitySet, CapabilitySet) noexcept = default;

private:
    [[nodiscard]] static constexpr std::uint32_t bit(Capability capability) noexcept {
        return std::uint32_t{1} << static_cast<std::uint32_t>(capability);
    }

    std::uint32_t bits_ = 0;
};

/// A set of two.
[[nodiscard]] constexpr CapabilitySet operator|(Capability left, Capability right) noexcept {
    return CapabilitySet(left) | CapabilitySet(right);
}

/// Everything that this version of WSL has.
[[nodiscard]] constexpr CapabilitySet capabilities_of(const Version& version) noexcept {
    CapabilitySet all;
    for (const CapabilityRow& row : capability_rows) {
        if (version >= row.since) {
            all = all | row.capability;
        }
    }
    return all;
}

}  // namespace wslplugins
