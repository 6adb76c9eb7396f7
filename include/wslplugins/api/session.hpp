// SPDX-License-Identifier: MIT
/// @file
/// `Session`: the WSL session that a hook is about, as a view that is valid during the hook call.
#pragma once

#include <wslplugins/api/session_id.hpp>

#include <optional>

namespace wslplugins {

/// The user's token, borrowed from WSL: an impersonation token with full access. It is WSL's to close,
/// and valid during the hook call; duplicate it to keep it.
class UserToken {
public:
    constexpr explicit UserToken(abi::HANDLE raw) noexcept : raw_(raw) {}

    [[nodiscard]] constexpr abi::HANDLE raw() const noexcept { return raw_; }

private:
    abi::HANDLE raw_;
};

/// A view of the session. It can be neither copied nor moved, because what it shows ends with the hook
/// call; what may be kept is its `id()`.
class Session {
public:
    /// Views what WSL passed; for unit tests, what the test made. `raw` is not null and outlives the view.
    constexpr explicit Session(const abi::WSLSessionInformation* raw) noexcept : raw_(raw) {}

    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    [[nodiscard]] constexpr SessionId id() const noexcept { return SessionId(raw_->SessionId); }

    /// A call that takes a session's number takes the session itself too.
    constexpr operator SessionId() const noexcept { return id(); }

    /// The user for whom the virtual machine was created; none while the session has no virtual machine,
    /// as when a distribution is registered or unregistered.
    [[nodiscard]] constexpr std::optional<UserToken> user_token() const noexcept {
        if (raw_->UserToken == nullptr) {
            return std::nullopt;
        }
        return UserToken(raw_->UserToken);
    }

    /// What WSL passed, for what this view does not show.
    [[nodiscard]] constexpr const abi::WSLSessionInformation* raw() const noexcept { return raw_; }

private:
    const abi::WSLSessionInformation* raw_;
};

}  // namespace wslplugins
