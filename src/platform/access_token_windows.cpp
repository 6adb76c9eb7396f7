// SPDX-License-Identifier: MIT
#include "platform/access_token.hpp"

#include <windows.h>

#include <utility>

namespace wslplugins::platform {

WinResult<AccessToken> AccessToken::of_this_process() {
    return AccessToken::with_access(MAXIMUM_ALLOWED);
}

WinResult<AccessToken> AccessToken::identity_of_this_process() {
    return AccessToken::with_access(TOKEN_QUERY | TOKEN_DUPLICATE);
}

WinResult<AccessToken> AccessToken::with_access(std::uint32_t access) {
    HANDLE primary = nullptr;
    if (::OpenProcessToken(::GetCurrentProcess(), TOKEN_DUPLICATE | TOKEN_QUERY, &primary) == 0) {
        return failure(HResult::from_win32(::GetLastError()),
                       "Opening the token of this process failed");
    }
    const AccessToken closes_primary(primary);
    HANDLE token = nullptr;
    if (::DuplicateTokenEx(
            primary, access, nullptr, SecurityImpersonation, TokenImpersonation, &token) == 0) {
        return failure(HResult::from_win32(::GetLastError()),
                       "Duplicating the token of this process failed");
    }
    return AccessToken(token);
}

AccessToken::AccessToken(AccessToken&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)) {}

AccessToken& AccessToken::operator=(AccessToken&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
}

AccessToken::~AccessToken() {
    if (handle_ != nullptr) {
        (void)::CloseHandle(handle_);
    }
}

}  // namespace wslplugins::platform
