// SPDX-License-Identifier: MIT
#include "platform/exit_event.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <limits>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace wslplugins::platform {
namespace {

int descriptor(abi::HANDLE handle) noexcept {
    return static_cast<int>(reinterpret_cast<std::uintptr_t>(handle));
}

abi::HANDLE from_descriptor(int fd) noexcept {
    return reinterpret_cast<abi::HANDLE>(static_cast<std::uintptr_t>(fd));
}

std::unexpected<Error> last_failure(const char* what) {
    return failure(HResult::from_errno(errno), std::string(what) + " an event failed");
}

int milliseconds_until(Deadline deadline) {
    if (!deadline) {
        return -1;
    }
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(
        left.count(), 0, std::numeric_limits<int>::max()));
}

}  // namespace

ExitEvent& ExitEvent::operator=(ExitEvent&& other) noexcept {
    if (this != &other) {
        close();
        raw_ = other.release();
    }
    return *this;
}

ExitEvent::~ExitEvent() {
    close();
}

WinResult<ExitEvent> ExitEvent::create() {
    const int fd = ::eventfd(0, EFD_CLOEXEC);
    if (fd < 0) {
        return last_failure("Making");
    }
    return ExitEvent(from_descriptor(fd));
}

WinResult<ExitEvent> ExitEvent::duplicate_to_wait() const {
    const int fd = ::fcntl(descriptor(raw_), F_DUPFD_CLOEXEC, 1);
    if (fd < 0) {
        return last_failure("Duplicating");
    }
    return ExitEvent(from_descriptor(fd));
}

WinResult<> ExitEvent::signal() {
    constexpr std::uint64_t once = 1;
    if (::write(descriptor(raw_), &once, sizeof once) < 0) {
        return last_failure("Signalling");
    }
    return {};
}

WinResult<> ExitEvent::wait(Deadline deadline) const {
    pollfd poll_on{.fd = descriptor(raw_), .events = POLLIN, .revents = 0};
    int count = 0;
    do {
        count = ::poll(&poll_on, 1, milliseconds_until(deadline));
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        return last_failure("Waiting for");
    }
    if (count == 0) {
        return failure(HResult::timeout, "The event was not signalled in time");
    }
    return {};
}

abi::HANDLE ExitEvent::release() noexcept {
    return std::exchange(raw_, nullptr);
}

void ExitEvent::close() noexcept {
    if (raw_ != nullptr) {
        (void)::close(descriptor(release()));
    }
}

}  // namespace wslplugins::platform
