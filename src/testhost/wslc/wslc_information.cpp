// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_information.hpp"

#include <cstring>
#include <utility>

namespace wslplugins::testhost {

WinResult<WslcSessionInformation> WslcSessionInformation::make(const WslcSessionFacts& facts) {
    auto name = to_utf16_for_wsl(facts.display_name);
    if (!name) {
        return propagate(name.error());
    }
    auto memory = platform::GuardedMemory::allocate(sizeof(abi::WSLCSessionInformation));
    if (!memory) {
        return propagate(memory.error());
    }
    auto display_name = std::make_unique<WideString>(std::move(*name));
    // Hooks get a pointer to constant data; the API's type for a SID does not say so.
    const abi::WSLCSessionInformation information{facts.id,
                                                  display_name->c_str(),
                                                  facts.application_pid,
                                                  facts.token->raw(),
                                                  const_cast<void*>(facts.user_sid)};
    std::memcpy(memory->data(), &information, sizeof information);
    return WslcSessionInformation(std::move(*memory), std::move(display_name));
}

const abi::WSLCSessionInformation* WslcSessionInformation::get() const noexcept {
    return static_cast<const abi::WSLCSessionInformation*>(memory_.data());
}

}  // namespace wslplugins::testhost
