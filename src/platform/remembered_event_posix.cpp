// SPDX-License-Identifier: MIT
#include "platform/remembered_event.hpp"

#include "platform/attempt.hpp"

#include <cstdint>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <string>

namespace wslplugins::platform {
namespace {

/// The kernel's own number of the event; none of what is no event, and of a kernel before 5.2.
std::optional<std::uint64_t> number_of(abi::HANDLE event) {
    const auto fd = static_cast<unsigned>(reinterpret_cast<std::uintptr_t>(event));
    std::ifstream words("/proc/self/fdinfo/" + std::to_string(fd));
    for (std::string word; words >> word;) {
        std::uint64_t number = 0;
        if (word == "eventfd-id:" && words >> number) {
            return number;
        }
    }
    return std::nullopt;
}

}  // namespace

WinResult<RememberedEvent> RememberedEvent::of(abi::HANDLE event) {
    ExitEvent given(event);
    auto own = given.duplicate_to_wait();
    (void)given.release();
    if (!own) {
        return propagate(own.error());
    }
    return RememberedEvent(std::move(*own));
}

bool RememberedEvent::is_event_of(abi::HANDLE handle) const noexcept {
    bool is_same = false;  // and stays so without memory to ask with
    (void)attempt([&] {
        const auto number = number_of(handle);
        is_same = number && number == number_of(own_.raw());
    });
    return is_same;
}

}  // namespace wslplugins::platform
