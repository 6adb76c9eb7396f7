// SPDX-License-Identifier: MIT
// Apart from distribution.cpp: a plugin that keeps no distribution does not carry this.
#include <wslplugins/api/distribution.hpp>

#include "api/gated_field.hpp"

#include <wslplugins/core/text.hpp>

namespace wslplugins {

WinResult<OwnedDistribution> Distribution::to_owned() const {
    OwnedDistribution owned;
    owned.id = id();
    owned.pid_namespace = pid_namespace();
    if (const auto copied = detail::copy_texts(*this, wsl_version_, owned); !copied) {
        return propagate(copied.error());
    }
    if (wsl_version_ >= init_pid_since) {
        owned.init_pid = raw_->InitPid;
    }
    return owned;
}

std::string to_string(const Distribution& distribution) {
    return detail::named(to_utf8_lossy(distribution.raw()->Name), distribution.id());
}

std::string to_string(const OwnedDistribution& distribution) {
    return detail::named(distribution.name, distribution.id);
}

}  // namespace wslplugins
