// SPDX-License-Identifier: MIT
/// @file
/// `WslcSessionFacts` and `WslcSessionInformation`: what a container session's hooks are told of it.
#pragma once

#include "platform/access_token.hpp"
#include "platform/guarded_memory.hpp"

#include <wslplugins/abi/information.hpp>
#include <wslplugins/core/text.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace wslplugins::testhost {

/// What does not change while a session lives.
struct WslcSessionFacts {
    std::uint32_t id = 0;
    std::string display_name;
    std::uint32_t application_pid = 0;
    std::shared_ptr<const platform::AccessToken> token;
    const void* user_sid = nullptr;  ///< Lives as long as the process.
};

/// `WSLCSessionInformation`. The service makes it anew for every hook, so its address differs between the hooks of
/// one session.
class WslcSessionInformation {
public:
    /// @param facts outlives this: the struct points at its token and its SID.
    [[nodiscard]] static WinResult<WslcSessionInformation> make(const WslcSessionFacts& facts);

    [[nodiscard]] const abi::WSLCSessionInformation* get() const noexcept;

private:
    WslcSessionInformation(platform::GuardedMemory memory,
                           std::unique_ptr<WideString> display_name) noexcept
        : memory_(std::move(memory)), display_name_(std::move(display_name)) {}

    platform::GuardedMemory memory_;
    std::unique_ptr<WideString> display_name_;
};

}  // namespace wslplugins::testhost
