// SPDX-License-Identifier: MIT
/// @file
/// `AccessToken`: who a Windows process is, as a token that another may impersonate.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstdint>

namespace wslplugins::platform {

/// Owns a token handle and closes it. Where the platform has no tokens, the handle is NULL.
class AccessToken {
public:
    AccessToken() noexcept = default;

    /// An impersonation token of the user that runs this process, with every right to it.
    [[nodiscard]] static WinResult<AccessToken> of_this_process();

    /// The same, with the right to be queried and duplicated only.
    [[nodiscard]] static WinResult<AccessToken> identity_of_this_process();

    AccessToken(AccessToken&& other) noexcept;
    AccessToken& operator=(AccessToken&& other) noexcept;
    ~AccessToken();

    [[nodiscard]] abi::HANDLE raw() const noexcept { return handle_; }

private:
    explicit AccessToken(abi::HANDLE handle) noexcept : handle_(handle) {}
    [[nodiscard]] static WinResult<AccessToken> with_access(std::uint32_t access);

    abi::HANDLE handle_ = nullptr;
};

}  // namespace wslplugins::platform
