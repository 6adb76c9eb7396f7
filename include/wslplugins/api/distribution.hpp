// SPDX-License-Identifier: MIT
/// @file
/// `Distribution`: a running distribution that a hook is about, as a view that is valid during the hook
/// call, and `OwnedDistribution`, which may be kept.
#pragma once

#include <wslplugins/core/guid.hpp>
#include <wslplugins/core/version.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace wslplugins {

/// A distribution's data as values. What the running WSL does not have is none.
struct OwnedDistribution {
    Guid id;                                         ///< What tells distributions apart.
    std::string name;                                ///< UTF-8.
    std::optional<std::string> package_family_name;  ///< None where there is no package.
    std::uint64_t pid_namespace = 0;  ///< The number of its PID namespace in the virtual machine.
    std::optional<std::uint32_t> init_pid;  ///< None before WSL 2.0.5.
    std::optional<std::string> flavor;      ///< None before WSL 2.4.4, and where it is not known.
    std::optional<std::string> version;     ///< So too.

    /// By the id: what tells distributions apart.
    friend bool operator==(const OwnedDistribution& left, const OwnedDistribution& right) noexcept {
        return left.id == right.id;
    }
};

/// A view of the distribution. It can be neither copied nor moved; `to_owned()` takes what is to be kept.
///
/// Text is converted to UTF-8 when asked for. Text that is not valid UTF-16 is the error
/// ERROR_NO_UNICODE_TRANSLATION and never patched, so that no policy decides on a name that is not the real
/// one. For a log line, `name().value_or("?")` serves.
class Distribution {
public:
    /// Views what WSL of this version passed; for unit tests, what the test made. `raw` is not null and
    /// outlives the view. It is a pointer, not a reference, because an older WSL passes a shorter struct.
    constexpr Distribution(const abi::WSLDistributionInformation* raw,
                           const Version& wsl_version) noexcept
        : raw_(raw), wsl_version_(wsl_version) {}

    Distribution(const Distribution&) = delete;
    Distribution& operator=(const Distribution&) = delete;

    /// Stays the same over restarts; a distribution that is exported and imported again has a new one.
    [[nodiscard]] constexpr Guid id() const noexcept { return Guid(raw_->Id); }

    /// Its name, UTF-8. @return ERROR_NO_UNICODE_TRANSLATION where it is not well-formed.
    [[nodiscard]] WinResult<std::string> name() const;

    /// The Windows package that brought the distribution; none where there is no package.
    [[nodiscard]] WinResult<std::optional<std::string>> package_family_name() const;

    /// The inode number of the distribution's PID namespace.
    [[nodiscard]] constexpr std::uint64_t pid_namespace() const noexcept {
        return raw_->PidNamespace;
    }

    /// The distribution's init as the virtual machine's root namespace numbers it; another on each start.
    /// @return WSL_E_PLUGIN_REQUIRES_UPDATE before WSL 2.0.5.
    [[nodiscard]] WinResult<std::uint32_t> init_pid() const;

    /// ID in the distribution's os-release, such as `debian`; none where it says nothing.
    /// @return WSL_E_PLUGIN_REQUIRES_UPDATE before WSL 2.4.4.
    [[nodiscard]] WinResult<std::optional<std::string>> flavor() const;

    /// VERSION_ID in the distribution's os-release, such as `12`; none where it says nothing.
    /// @return WSL_E_PLUGIN_REQUIRES_UPDATE before WSL 2.4.4.
    [[nodiscard]] WinResult<std::optional<std::string>> version() const;

    /// Copies everything that the running WSL has.
    [[nodiscard]] WinResult<OwnedDistribution> to_owned() const;

    /// By the id: what tells distributions apart.
    friend constexpr bool operator==(const Distribution& left, const Distribution& right) noexcept {
        return left.id() == right.id();
    }

    /// What WSL passed. Before 2.0.5 it ends before `InitPid`, before 2.4.4 before `Flavor`.
    [[nodiscard]] constexpr const abi::WSLDistributionInformation* raw() const noexcept {
        return raw_;
    }

private:
    const abi::WSLDistributionInformation* raw_;
    Version wsl_version_;
};

/// `Debian {0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}`, for messages and logs: U+FFFD stands for what is not valid
/// UTF-16.
[[nodiscard]] std::string to_string(const Distribution& distribution);
/// As of the view.
[[nodiscard]] std::string to_string(const OwnedDistribution& distribution);

}  // namespace wslplugins

/// @cond
template <>
struct std::hash<wslplugins::OwnedDistribution> {
    [[nodiscard]] std::size_t
    operator()(const wslplugins::OwnedDistribution& distribution) const noexcept {
        return std::hash<wslplugins::Guid>{}(distribution.id);
    }
};
/// @endcond
