// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_process.hpp"

#include <utility>

namespace wslplugins::testhost {

WslcProcess::WslcProcess(StartedProcess started, platform::ExitEvent event) noexcept
    : number_(started.number),
      streams_{std::move(started.input), std::move(started.output), std::move(started.error)},
      ended_(std::move(event)) {}

WinResult<std::shared_ptr<WslcProcess>> WslcProcess::make(StartedProcess started) {
    auto event = platform::ExitEvent::create();
    if (!event) {
        return propagate(event.error());
    }
    return std::shared_ptr<WslcProcess>(new WslcProcess(std::move(started), std::move(*event)));
}

std::expected<abi::HANDLE, HResult> WslcProcess::take(abi::WSLCProcessFd which) {
    const auto index = static_cast<std::size_t>(which);
    if (index >= streams_.size()) {
        return std::unexpected(HResult::invalid_argument);
    }
    const std::scoped_lock lock(lock_);
    if (!streams_[index].is_open()) {
        return std::unexpected(HResult::invalid_state);
    }
    return platform::handle_of(streams_[index].release());
}

std::expected<abi::HANDLE, HResult> WslcProcess::exit_event() const {
    auto duplicate = ended_.duplicate_to_wait();
    if (!duplicate) {
        return std::unexpected(duplicate.error().code());
    }
    return duplicate->release();
}

std::optional<int> WslcProcess::exit_code() const {
    const std::scoped_lock lock(lock_);
    return exit_code_;
}

void WslcProcess::end(int exit_code) {
    const std::scoped_lock lock(lock_);
    if (exit_code_ || !is_served_) {
        return;
    }
    exit_code_ = exit_code;
    // Signalling an event that exists cannot fail for want of anything.
    (void)ended_.signal();
}

}  // namespace wslplugins::testhost
