// SPDX-License-Identifier: MIT
#include <wslplugins/api/impersonation.hpp>

#include "platform/thread_identity.hpp"

namespace wslplugins {

WinResult<Impersonation> Impersonation::start(const UserToken& token) {
    const auto before = platform::start_impersonation(token.raw());
    if (!before) {
        return propagate(before.error());
    }
    return WinResult<Impersonation>(std::in_place, Started(*before));
}

Impersonation::~Impersonation() {
    platform::stop_impersonation(before_);
}

}  // namespace wslplugins
