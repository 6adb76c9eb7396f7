// SPDX-License-Identifier: MIT
/// @file
/// `ExitStatus`: how a Linux program ended.
#pragma once

#include <optional>
#include <string>

namespace wslplugins {

/// Either an exit code or the signal that ended the program.
class ExitStatus {
public:
    /// Of a program that ended by itself, with this code.
    [[nodiscard]] static constexpr ExitStatus exited(int code) noexcept { return {code, false}; }
    /// Of a program that a signal ended, by its Linux number.
    [[nodiscard]] static constexpr ExitStatus killed(int signal) noexcept { return {signal, true}; }

    /// 0 to 255 for a Linux program; none when a signal ended it.
    [[nodiscard]] constexpr std::optional<int> code() const noexcept {
        return is_signal_ ? std::nullopt : std::optional(number_);
    }

    /// Linux' number of the signal, such as 9 for SIGKILL; none when the program ended by itself.
    [[nodiscard]] constexpr std::optional<int> signal() const noexcept {
        return is_signal_ ? std::optional(number_) : std::nullopt;
    }

    /// The program ended by itself, with 0.
    [[nodiscard]] constexpr bool succeeded() const noexcept { return !is_signal_ && number_ == 0; }

    /// Both ended in the same way, with the same number.
    friend constexpr bool operator==(ExitStatus, ExitStatus) noexcept = default;

private:
    constexpr ExitStatus(int number, bool is_signal) noexcept
        : number_(number), is_signal_(is_signal) {}

    int number_;
    bool is_signal_;
};

/// `exit code 3`, or `signal 9`.
[[nodiscard]] std::string to_string(ExitStatus status);

}  // namespace wslplugins
