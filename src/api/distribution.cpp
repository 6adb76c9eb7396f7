// SPDX-License-Identifier: MIT
#include <wslplugins/api/distribution.hpp>

#include "api/gated_field.hpp"

#include <wslplugins/core/text.hpp>

namespace wslplugins {

WinResult<std::string> Distribution::name() const {
    return to_utf8(raw_->Name);
}

WinResult<std::optional<std::string>> Distribution::package_family_name() const {
    return optional_utf8(raw_->PackageFamilyName);
}

WinResult<std::uint32_t> Distribution::init_pid() const {
    if (wsl_version_ < init_pid_since) {
        return detail::requires_update("A distribution's init PID", init_pid_since, wsl_version_);
    }
    return raw_->InitPid;
}

WinResult<std::optional<std::string>> Distribution::flavor() const {
    if (wsl_version_ < flavor_and_version_since) {
        return detail::requires_update(
            "A distribution's flavor", flavor_and_version_since, wsl_version_);
    }
    return optional_utf8(raw_->Flavor);
}

WinResult<std::optional<std::string>> Distribution::version() const {
    if (wsl_version_ < flavor_and_version_since) {
        return detail::requires_update(
            "A distribution's version", flavor_and_version_since, wsl_version_);
    }
    return optional_utf8(raw_->Version);
}

}  // namespace wslplugins
