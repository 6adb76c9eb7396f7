// SPDX-License-Identifier: MIT
/// @file
/// `DistributionTarget`: where a program runs, in the virtual machine itself or in one distribution.
#pragma once

#include <wslplugins/core/guid.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace wslplugins {

/// The virtual machine's root namespace, where WSL's own init runs beside all distributions, or one
/// distribution. Programs in the root namespace see WSL's own system, not the user's.
class DistributionTarget {
public:
    /// Implicit: a distribution's id says where to run.
    constexpr DistributionTarget(const Guid& distribution) noexcept : distribution_(distribution) {}

    /// The virtual machine's own namespace, outside of every distribution.
    [[nodiscard]] static constexpr DistributionTarget root_namespace() noexcept { return {}; }

    /// Whether it is that, and no distribution.
    [[nodiscard]] constexpr bool is_root_namespace() const noexcept { return !distribution_; }

    /// None: the root namespace.
    [[nodiscard]] constexpr const std::optional<Guid>& distribution() const noexcept {
        return distribution_;
    }

    /// The same place.
    friend constexpr bool operator==(const DistributionTarget&,
                                     const DistributionTarget&) noexcept = default;

private:
    constexpr DistributionTarget() noexcept = default;

    std::optional<Guid> distribution_;
};

/// `the root namespace`, or `distribution {0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}`.
[[nodiscard]] std::string to_string(const DistributionTarget& target);

}  // namespace wslplugins

/// @cond
template <>
struct std::hash<wslplugins::DistributionTarget> {
    [[nodiscard]] std::size_t
    operator()(const wslplugins::DistributionTarget& target) const noexcept {
        return std::hash<std::optional<wslplugins::Guid>>{}(target.distribution());
    }
};
/// @endcond
