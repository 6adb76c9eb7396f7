// SPDX-License-Identifier: MIT
#include <wslplugins/api/offline_distribution.hpp>

#include "api/gated_field.hpp"

#include <wslplugins/core/text.hpp>

namespace wslplugins {

WinResult<std::string> OfflineDistribution::name() const {
    return to_utf8(raw_->Name);
}

WinResult<std::optional<std::string>> OfflineDistribution::package_family_name() const {
    return optional_utf8(raw_->PackageFamilyName);
}

WinResult<std::optional<std::string>> OfflineDistribution::flavor() const {
    if (wsl_version_ < flavor_and_version_since) {
        return detail::requires_update(
            "A distribution's flavor", flavor_and_version_since, wsl_version_);
    }
    return optional_utf8(raw_->Flavor);
}

WinResult<std::optional<std::string>> OfflineDistribution::version() const {
    if (wsl_version_ < flavor_and_version_since) {
        return detail::requires_update(
            "A distribution's version", flavor_and_version_since, wsl_version_);
    }
    return optional_utf8(raw_->Version);
}

WinResult<OwnedOfflineDistribution> OfflineDistribution::to_owned() const {
    OwnedOfflineDistribution owned;
    owned.id = id();
    if (const auto copied = detail::copy_texts(*this, wsl_version_, owned); !copied) {
        return propagate(copied.error());
    }
    return owned;
}

std::string to_string(const OfflineDistribution& distribution) {
    return detail::named(to_utf8_lossy(distribution.raw()->Name), distribution.id());
}

std::string to_string(const OwnedOfflineDistribution& distribution) {
    return detail::named(distribution.name, distribution.id);
}

}  // namespace wslplugins
