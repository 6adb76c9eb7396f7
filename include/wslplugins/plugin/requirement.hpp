// SPDX-License-Identifier: MIT
/// @file
/// `Requirement`: the oldest WSL that a plugin accepts.
#pragma once

#include <wslplugins/core/capability.hpp>

#include <cstdint>

namespace wslplugins {

/// An older WSL refuses to start a virtual machine and tells the user to update
/// (WSL_E_PLUGIN_REQUIRES_UPDATE); the plugin is not made then. Require only what the plugin cannot do without,
/// and ask `Api::supports` for the rest.
class Requirement {
public:
    /// Any WSL that loads plugins.
    constexpr Requirement() noexcept = default;

    /// That version of WSL, or a newer one.
    constexpr Requirement(std::uint32_t major,
                          std::uint32_t minor,
                          std::uint32_t revision = 0) noexcept
        : version_{major, minor, revision} {}

    /// Everything in the set, such as `Capability::DistributionFlavor | Capability::DistributionVersion`.
    constexpr Requirement(CapabilitySet capabilities) noexcept
        : version_(capabilities.required_version()) {}

    /// That one capability.
    constexpr Requirement(Capability capability) noexcept
        : Requirement(CapabilitySet(capability)) {}

    /// The oldest WSL that will do; 0.0.0 for any.
    [[nodiscard]] constexpr const Version& version() const noexcept { return version_; }

private:
    Version version_{};
};

}  // namespace wslplugins
