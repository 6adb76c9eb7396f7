// SPDX-License-Identifier: MIT
#include "platform/access_token.hpp"

#include <utility>

namespace wslplugins::platform {

WinResult<AccessToken> AccessToken::of_this_process() {
    return AccessToken();
}

WinResult<AccessToken> AccessToken::identity_of_this_process() {
    return AccessToken();
}

AccessToken::AccessToken(AccessToken&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)) {}

AccessToken& AccessToken::operator=(AccessToken&& other) noexcept {
    handle_ = std::exchange(other.handle_, nullptr);
    return *this;
}

AccessToken::~AccessToken() = default;

}  // namespace wslplugins::platform
