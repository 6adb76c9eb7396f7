// SPDX-License-Identifier: MIT
/// @file
/// What a failed operation carries: `Error` (a code, and what was tried) and `PluginError` (a code, and
/// a message that WSL shows to the user).
///
/// They are two types because WSL has two channels. A message for the user is accepted only from a hook
/// that can veto; anywhere else it would be kept and fail the next plugin (see `refuse`).
#pragma once

#include <wslplugins/core/hresult.hpp>

#include <optional>
#include <string>
#include <utility>

namespace wslplugins {

/// Why an operation failed: a code that is never a success, and one sentence for logs that says what
/// was tried, and what to do where that is known. The sentence is UTF-8 and never shown by WSL.
class Error {
public:
    /// A success code is a caller's mistake and becomes `HResult::unexpected`.
    explicit Error(HResult code, std::string text = {}, std::optional<int> linux_error = {})
        : code_(code.is_failure() ? code : HResult::unexpected), linux_error_(linux_error),
          text_(std::move(text)) {}

    /// The code, always a failure.
    [[nodiscard]] HResult code() const noexcept { return code_; }
    /// The sentence for logs; empty where nothing is known but the code.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    /// Linux' own number for the failure (`errno`, such as 2 for ENOENT), where WSL passes it on: of a program
    /// that could not be started in a container session. `code` is its HRESULT form then.
    [[nodiscard]] std::optional<int> linux_error() const noexcept { return linux_error_; }

    /// The sentence, then the code in hex and by name.
    [[nodiscard]] std::string to_string() const;

private:
    HResult code_;
    std::optional<int> linux_error_;
    std::string text_;
};

/// Why a hook that can veto refuses: a code, and optionally the message that `wsl.exe` shows.
class PluginError {
public:
    /// A failure without a message for the user. Implicit, so that an `Error` can be passed on from a
    /// hook that can veto; its text goes to the log.
    PluginError(Error cause) : cause_(std::move(cause)) {}

    /// A failure with the sentence that the user sees, UTF-8.
    PluginError(HResult code, std::string user_message)
        : cause_(code), user_message_(std::move(user_message)) {}

    /// The code that the hook returns.
    [[nodiscard]] HResult code() const noexcept { return cause_.code(); }
    /// What goes to the log.
    [[nodiscard]] const Error& cause() const noexcept { return cause_; }

    /// UTF-8; none when the user sees only the code.
    [[nodiscard]] const std::optional<std::string>& user_message() const noexcept {
        return user_message_;
    }

private:
    Error cause_;
    std::optional<std::string> user_message_;
};

}  // namespace wslplugins
