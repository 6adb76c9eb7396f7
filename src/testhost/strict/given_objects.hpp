// SPDX-License-Identifier: MIT
/// @file
/// `GivenObjects`: what the service's calls gave to plugins to close.
#pragma once

#include "platform/remembered_event.hpp"

#include <wslplugins/abi/types.hpp>

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

/// Who got it, and by which call.
struct Receiver {
    std::string plugin;
    std::string hook;  ///< Empty: on a thread of its own.
    std::string call;
};

/// Every function may be called from any thread.
class GivenObjects {
public:
    struct Given {
        std::string_view finding;  ///< What it is when it stays open.
        Receiver receiver;
        std::uint64_t identity = 0;
    };

    /// @param finding what it is when it stays open.
    void gave_socket(abi::SOCKET socket, std::string_view finding, Receiver receiver);

    void gave_event(abi::HANDLE event, Receiver receiver);

    void gave_process(const void* handle, Receiver receiver);
    void process_released(const void* handle);

    /// What is still open, in no special order; nothing is known of it any more then.
    [[nodiscard]] std::vector<Given> take_open();

private:
    std::mutex mutex_;
    std::map<abi::SOCKET, Given> sockets_;
    struct GivenEvent {
        Given given;
        platform::RememberedEvent event;
    };
    std::map<abi::HANDLE, GivenEvent> events_;
    std::map<const void*, Given> processes_;
};

}  // namespace wslplugins::testhost
