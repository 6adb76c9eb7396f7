// SPDX-License-Identifier: MIT
/// @file
/// The results that hooks and calls return.
///
/// `WinResult<T>` is what calls and most hooks return. `PluginResult<T>` is what the hooks return that
/// can veto: only there a message for the user is possible.
#pragma once

#include <wslplugins/core/error.hpp>

#include <expected>
#include <string>
#include <utility>

namespace wslplugins {

/// What came of a call or a hook, or why it failed.
template <class T = void>
using WinResult = std::expected<T, Error>;

/// What came of a hook that can veto: it may fail with a message for the user.
template <class T = void>
using PluginResult = std::expected<T, PluginError>;

/// Fails a call or a hook with a code, and one sentence for the log.
[[nodiscard]] inline std::unexpected<Error> failure(HResult code, std::string text) {
    return std::unexpected(Error(code, std::move(text)));
}

/// Passes a failed call's error on, from a function or hook of either result type.
[[nodiscard]] inline std::unexpected<Error> propagate(Error error) {
    return std::unexpected(std::move(error));
}

/// Passes a `PluginError` on, message included. Only for functions and hooks that return `PluginResult`.
[[nodiscard]] inline std::unexpected<PluginError> propagate(PluginError error) {
    return std::unexpected(std::move(error));
}

/// Vetoes what the hook was told of, and tells the user why: WSL prints `user_message` (UTF-8).
///
/// Only a hook that can veto (VM started, distribution started, container session created, container
/// started) returns `PluginResult`; from any other hook this does not compile, because WSL would keep the
/// message and fail the next plugin that runs on the thread.
[[nodiscard]] inline std::unexpected<PluginError> refuse(HResult code, std::string user_message) {
    return std::unexpected(PluginError(code, std::move(user_message)));
}

}  // namespace wslplugins
