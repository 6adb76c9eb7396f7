// SPDX-License-Identifier: MIT
/// @file
/// `Session`: the WSL session that a hook is about, as a view that is valid during the hook call, and
/// `OwnedSession`, which may be kept.
#pragma once

#include <wslplugins/api/session_id.hpp>
#include <wslplugins/api/sid.hpp>

#include <optional>
#include <string>

namespace wslplugins {

/// The user's token, borrowed from WSL: an impersonation token with full access. It is WSL's to close,
/// and valid during the hook call; duplicate it to keep it. It can be neither copied nor moved.
/// `Impersonation` lets a hook act as the user.
class UserToken {
public:
    /// Views a token; for unit tests, what the test made. It does not own it.
    constexpr explicit UserToken(abi::HANDLE raw) noexcept : raw_(raw) {}

    UserToken(const UserToken&) = delete;
    UserToken& operator=(const UserToken&) = delete;

    /// The token, for Windows' own functions. Do not close it.
    [[nodiscard]] constexpr abi::HANDLE raw() const noexcept { return raw_; }

private:
    abi::HANDLE raw_;
};

/// What may be kept of a session.
struct OwnedSession {
    SessionId id;                      ///< What tells sessions apart.
    std::optional<OwnedSid> user_sid;  ///< None where WSL passed none.

    /// By the id: what tells sessions apart.
    friend bool operator==(const OwnedSession& left, const OwnedSession& right) noexcept {
        return left.id == right.id;
    }
};

/// A view of the session. It can be neither copied nor moved, because what it shows ends with the hook
/// call; `to_owned()` takes what is to be kept, and `id()` alone often does.
class Session {
public:
    /// Views what WSL passed; for unit tests, what the test made. `raw` is not null and outlives the view.
    constexpr explicit Session(const abi::WSLSessionInformation* raw) noexcept : raw_(raw) {}

    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// What tells sessions apart; it may be kept.
    [[nodiscard]] constexpr SessionId id() const noexcept { return SessionId(raw_->SessionId); }

    /// A call that takes a session's number takes the session itself too.
    constexpr operator SessionId() const noexcept { return id(); }

    /// The user for whom the virtual machine was created; none while the session has no virtual machine,
    /// as when a distribution is registered or unregistered.
    [[nodiscard]] constexpr std::optional<UserToken> user_token() const noexcept {
        if (raw_->UserToken == nullptr) {
            return std::nullopt;
        }
        return std::optional<UserToken>(std::in_place, raw_->UserToken);
    }

    /// The user whose session it is. WSL always passes one; none where a test passes none.
    [[nodiscard]] constexpr std::optional<Sid> user_sid() const noexcept {
        if (raw_->UserSid == nullptr) {
            return std::nullopt;
        }
        return std::optional<Sid>(std::in_place, raw_->UserSid);
    }

    /// @return ERROR_INVALID_SID when the user's SID is none, which WSL does not pass.
    [[nodiscard]] WinResult<OwnedSession> to_owned() const;

    /// By the id: what tells sessions apart.
    friend constexpr bool operator==(const Session& left, const Session& right) noexcept {
        return left.id() == right.id();
    }

    /// What WSL passed, for what this view does not show.
    [[nodiscard]] constexpr const abi::WSLSessionInformation* raw() const noexcept { return raw_; }

private:
    const abi::WSLSessionInformation* raw_;
};

/// `session 7`.
[[nodiscard]] std::string to_string(const Session& session);
/// As of the view.
[[nodiscard]] std::string to_string(const OwnedSession& session);

}  // namespace wslplugins

/// @cond
template <>
struct std::hash<wslplugins::OwnedSession> {
    [[nodiscard]] std::size_t operator()(const wslplugins::OwnedSession& session) const noexcept {
        return std::hash<wslplugins::SessionId>{}(session.id);
    }
};
/// @endcond
