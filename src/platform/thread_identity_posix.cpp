// SPDX-License-Identifier: MIT
#include "platform/thread_identity.hpp"

namespace wslplugins::platform {

WinResult<abi::HANDLE> start_impersonation(abi::HANDLE) {
    return failure(HResult::not_supported, "Only on Windows can a thread act as another user");
}

void stop_impersonation(abi::HANDLE) noexcept {}

}  // namespace wslplugins::platform
