// SPDX-License-Identifier: MIT
/// @file
/// `WslcProcess`: a program that a plugin started in a container session's virtual machine.
#pragma once

#include "platform/exit_event.hpp"
#include "testhost/machine/machine.hpp"

#include <wslplugins/abi/information.hpp>

#include <array>
#include <atomic>
#include <expected>
#include <mutex>
#include <optional>

namespace wslplugins::testhost {

/// As the session's process keeps it. Any thread may use it; who may is checked before.
class WslcProcess {
public:
    [[nodiscard]] static WinResult<std::shared_ptr<WslcProcess>> make(StartedProcess started);

    /// Each stream once. @return E_INVALIDARG for a number that is no stream, ERROR_INVALID_STATE the second time.
    [[nodiscard]] std::expected<abi::HANDLE, HResult> take(abi::WSLCProcessFd which);

    /// A duplicate for waiting, which the caller closes.
    [[nodiscard]] std::expected<abi::HANDLE, HResult> exit_event() const;

    /// None while it runs.
    [[nodiscard]] std::optional<int> exit_code() const;

    /// The program has ended, or its machine has; only the first time counts.
    void end(int exit_code);

    /// The session's process is gone: nobody answers any more, and nobody signals.
    void lose_server() noexcept { is_served_ = false; }
    [[nodiscard]] bool is_served() const noexcept { return is_served_; }

    [[nodiscard]] std::uint64_t number() const noexcept { return number_; }

private:
    WslcProcess(StartedProcess started, platform::ExitEvent event) noexcept;

    const std::uint64_t number_;
    mutable std::mutex lock_;
    std::array<platform::Socket, 3> streams_;
    platform::ExitEvent ended_;
    std::optional<int> exit_code_;
    std::atomic<bool> is_served_ = true;
};

}  // namespace wslplugins::testhost
