// SPDX-License-Identifier: MIT
/// @file
/// `WslcSession`: the container session that a hook is about, as a view that is valid during the hook call,
/// and `OwnedWslcSession`, which may be kept. Since WSL 2.9.0.
#pragma once

#include <wslplugins/api/session.hpp>
#include <wslplugins/api/wslc/wslc_session_id.hpp>
#include <wslplugins/core/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace wslplugins {

/// What may be kept of a container session.
struct OwnedWslcSession {
    WslcSessionId id;                   ///< What tells container sessions apart.
    std::string display_name;           ///< UTF-8.
    std::uint32_t application_pid = 0;  ///< The Windows process that made it.
    std::optional<OwnedSid> user_sid;   ///< None where WSL passed none.

    /// By the id: what tells sessions apart.
    friend bool operator==(const OwnedWslcSession& left, const OwnedWslcSession& right) noexcept {
        return left.id == right.id;
    }
};

/// A view of the session. It can be neither copied nor moved, because what it shows ends with the hook call;
/// `to_owned()` takes what is to be kept. WSL makes the struct anew for hooks of one session, so that
/// its address tells nothing.
class WslcSession {
public:
    /// Views what WSL passed; for unit tests, what the test made. `raw` is not null and outlives the view.
    constexpr explicit WslcSession(const abi::WSLCSessionInformation* raw) noexcept : raw_(raw) {}

    WslcSession(const WslcSession&) = delete;
    WslcSession& operator=(const WslcSession&) = delete;

    /// What tells container sessions apart; it may be kept.
    [[nodiscard]] constexpr WslcSessionId id() const noexcept {
        return WslcSessionId(raw_->SessionId);
    }

    /// A call that takes a session's number takes the session itself too.
    constexpr operator WslcSessionId() const noexcept { return id(); }

    /// The name that the application gave the session, UTF-8; those of the `wslc` command line begin with
    /// `wslc-cli-` (read in WSL's source). An application may give any name: decide nothing on it alone.
    /// @return ERROR_NO_UNICODE_TRANSLATION for a name that is not valid UTF-16.
    [[nodiscard]] WinResult<std::string> display_name() const;

    /// The Windows process that created the session. It may have ended since, and Windows gives its number to
    /// another then.
    [[nodiscard]] constexpr std::uint32_t application_pid() const noexcept {
        return raw_->ApplicationPid;
    }

    /// The user who created the session: a token that may be queried and duplicated only (read in WSL's
    /// source), which is enough for `Impersonation`. None where WSL passes none, as a stopping hook may see it
    /// once WSL runs plugins in processes of their own.
    [[nodiscard]] constexpr std::optional<UserToken> user_token() const noexcept {
        if (raw_->UserToken == nullptr) {
            return std::nullopt;
        }
        return std::optional<UserToken>(std::in_place, raw_->UserToken);
    }

    /// The user who created the session; none where there is no token.
    [[nodiscard]] constexpr std::optional<Sid> user_sid() const noexcept {
        if (raw_->UserSid == nullptr) {
            return std::nullopt;
        }
        return std::optional<Sid>(std::in_place, raw_->UserSid);
    }

    /// Copies what may be kept; the token stays WSL's.
    /// @return as `display_name`; ERROR_INVALID_SID when the user's SID is none, which WSL does not pass.
    [[nodiscard]] WinResult<OwnedWslcSession> to_owned() const;

    /// What WSL passed, for what this view does not show.
    [[nodiscard]] constexpr const abi::WSLCSessionInformation* raw() const noexcept { return raw_; }

    /// By the id: what tells sessions apart.
    friend constexpr bool operator==(const WslcSession& left, const WslcSession& right) noexcept {
        return left.id() == right.id();
    }

private:
    const abi::WSLCSessionInformation* raw_;
};

/// `container session 3 (wslc-cli-user)`, for messages and logs: U+FFFD stands for what is not valid UTF-16.
[[nodiscard]] std::string to_string(const WslcSession& session);
/// As of the view.
[[nodiscard]] std::string to_string(const OwnedWslcSession& session);

}  // namespace wslplugins

/// @cond
template <>
struct std::hash<wslplugins::OwnedWslcSession> {
    [[nodiscard]] std::size_t
    operator()(const wslplugins::OwnedWslcSession& session) const noexcept {
        return std::hash<wslplugins::WslcSessionId>{}(session.id);
    }
};
/// @endcond
