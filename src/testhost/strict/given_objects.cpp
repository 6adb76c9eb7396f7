// SPDX-License-Identifier: MIT
#include "testhost/strict/given_objects.hpp"

#include "platform/open_socket.hpp"
#include "testhost/strict/finding_ids.hpp"

#include <utility>

namespace wslplugins::testhost {

void GivenObjects::gave_socket(abi::SOCKET socket, std::string_view finding, Receiver receiver) {
    if (const auto identity = platform::socket_identity(socket)) {
        const std::scoped_lock lock(mutex_);
        // One of that number was closed since: two open ones have two numbers.
        sockets_.insert_or_assign(socket, Given{finding, std::move(receiver), *identity});
    }
}

void GivenObjects::gave_event(abi::HANDLE event, Receiver receiver) {
    if (auto remembered = platform::RememberedEvent::of(event)) {
        const std::scoped_lock lock(mutex_);
        events_.insert_or_assign(
            event,
            GivenEvent{{finding_id::handle_leaked, std::move(receiver)}, std::move(*remembered)});
    }
}

void GivenObjects::gave_process(const void* handle, Receiver receiver) {
    const std::scoped_lock lock(mutex_);
    processes_.emplace(handle, Given{finding_id::handle_leaked, std::move(receiver)});
}

void GivenObjects::process_released(const void* handle) {
    const std::scoped_lock lock(mutex_);
    processes_.erase(handle);
}

std::vector<GivenObjects::Given> GivenObjects::take_open() {
    const std::scoped_lock lock(mutex_);
    std::vector<Given> open;
    for (auto& [socket, given] : std::exchange(sockets_, {})) {
        if (platform::socket_identity(socket) == given.identity) {
            open.push_back(given);
        }
    }
    for (auto& [handle, given] : std::exchange(events_, {})) {
        if (given.event.is_event_of(handle)) {
            open.push_back(given.given);
        }
    }
    for (auto& [handle, given] : std::exchange(processes_, {})) {
        open.push_back(given);
    }
    return open;
}

}  // namespace wslplugins::testhost
