// SPDX-License-Identifier: MIT
/// @file
/// `Impersonation`: a scope in which the hook's thread acts as the user.
#pragma once

#include <wslplugins/api/session.hpp>

namespace wslplugins {

/// While it lives, Windows checks what this thread does against the user's rights instead of the service's;
/// its end makes the thread again who it was before. Hooks run as SYSTEM: do in such a scope whatever
/// touches the user's files and registry, or acts on a path that the user chose.
///
/// @code
/// if (const auto token = session.user_token()) {
///     const auto as_user = Impersonation::start(*token);
///     if (!as_user) {
///         return propagate(as_user.error());
///     }
///     …
/// }
/// @endcode
///
/// It belongs to one thread and one scope, and can be neither copied nor moved. Scopes may be nested. Other
/// threads, programs that the thread starts, and what it opened before, stay the service's. Make no call of WSL
/// inside the scope: how WSL serves one under another identity is not known.
///
/// When Windows cannot end the impersonation, the process ends: a service thread that goes on as the wrong
/// user would do the next user's work with this one's rights.
class Impersonation {
public:
    /// Starts acting as the token's user. WSL's token of a session may be used as it is, and so may that of a
    /// container session, which may only be duplicated: a duplicate is what is used.
    /// @return ERROR_NOT_SUPPORTED where the plugin is not built for Windows; else Windows' code. The thread
    ///         is unchanged then.
    [[nodiscard]] static WinResult<Impersonation> start(const UserToken& token);

    Impersonation(const Impersonation&) = delete;
    Impersonation& operator=(const Impersonation&) = delete;
    ~Impersonation();

private:
    /// What only `start` can make, so that only it makes scopes.
    class Started {
        friend class Impersonation;
        explicit Started(abi::HANDLE token) noexcept : before(token) {}
        abi::HANDLE before;
    };

public:
    /// For `start` alone, which can make what it takes.
    explicit Impersonation(Started started) noexcept : before_(started.before) {}

private:
    abi::HANDLE before_;  // the token that the thread acted with before; null for none
};

}  // namespace wslplugins
