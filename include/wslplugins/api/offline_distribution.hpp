// SPDX-License-Identifier: MIT
/// @file
/// `OfflineDistribution`: a distribution that was registered or unregistered, as a view that is valid
/// during the hook call, and `OwnedOfflineDistribution`, which may be kept.
#pragma once

#include <wslplugins/core/guid.hpp>
#include <wslplugins/core/version.hpp>

#include <optional>
#include <string>

namespace wslplugins {

/// The data of a distribution that need not run, as values. What the running WSL does not have is none.
struct OwnedOfflineDistribution {
    Guid id;                                         ///< What tells distributions apart.
    std::string name;                                ///< UTF-8.
    std::optional<std::string> package_family_name;  ///< None where there is no package.
    std::optional<std::string> flavor;   ///< None before WSL 2.4.4, and where it is not known.
    std::optional<std::string> version;  ///< So too.

    /// By the id: what tells distributions apart.
    friend bool operator==(const OwnedOfflineDistribution& left,
                           const OwnedOfflineDistribution& right) noexcept {
        return left.id == right.id;
    }
};

/// A view of the distribution, under the rules of `Distribution`.
class OfflineDistribution {
public:
    /// Views what WSL of this version passed; for unit tests, what the test made. `raw` is not null and
    /// outlives the view. It is a pointer, not a reference, because an older WSL passes a shorter struct.
    constexpr OfflineDistribution(const abi::WslOfflineDistributionInformation* raw,
                                  const Version& wsl_version) noexcept
        : raw_(raw), wsl_version_(wsl_version) {}

    OfflineDistribution(const OfflineDistribution&) = delete;
    OfflineDistribution& operator=(const OfflineDistribution&) = delete;

    /// What tells distributions apart; it outlives renaming.
    [[nodiscard]] constexpr Guid id() const noexcept { return Guid(raw_->Id); }

    /// Its name, UTF-8. @return ERROR_NO_UNICODE_TRANSLATION where it is not well-formed.
    [[nodiscard]] WinResult<std::string> name() const;

    /// The Windows package that brought the distribution; none where there is no package.
    [[nodiscard]] WinResult<std::optional<std::string>> package_family_name() const;

    /// ID in the distribution's os-release. None also for a disk that was imported as it is
    /// (`wsl --import --vhd`): WSL looks into it at its first start.
    /// @return WSL_E_PLUGIN_REQUIRES_UPDATE before WSL 2.4.4.
    [[nodiscard]] WinResult<std::optional<std::string>> flavor() const;

    /// VERSION_ID in the distribution's os-release; none where `flavor` would be none.
    /// @return WSL_E_PLUGIN_REQUIRES_UPDATE before WSL 2.4.4.
    [[nodiscard]] WinResult<std::optional<std::string>> version() const;

    /// Copies everything that the running WSL has.
    [[nodiscard]] WinResult<OwnedOfflineDistribution> to_owned() const;

    /// By the id: what tells distributions apart.
    friend constexpr bool operator==(const OfflineDistribution& left,
                                     const OfflineDistribution& right) noexcept {
        return left.id() == right.id();
    }

    /// What WSL passed. Before 2.4.4 it ends before `Flavor`.
    [[nodiscard]] constexpr const abi::WslOfflineDistributionInformation* raw() const noexcept {
        return raw_;
    }

private:
    const abi::WslOfflineDistributionInformation* raw_;
    Version wsl_version_;
};

/// `Debian {0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}`, for messages and logs: U+FFFD stands for what is not valid
/// UTF-16.
[[nodiscard]] std::string to_string(const OfflineDistribution& distribution);
/// As of the view.
[[nodiscard]] std::string to_string(const OwnedOfflineDistribution& distribution);

}  // namespace wslplugins

/// @cond
template <>
struct std::hash<wslplugins::OwnedOfflineDistribution> {
    [[nodiscard]] std::size_t
    operator()(const wslplugins::OwnedOfflineDistribution& distribution) const noexcept {
        return std::hash<wslplugins::Guid>{}(distribution.id);
    }
};
/// @endcond
