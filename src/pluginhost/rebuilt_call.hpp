// SPDX-License-Identifier: MIT
/// @file
/// `RebuiltCall`: a hook call that has travelled, with the structs that the plugin gets pointers to.
#pragma once

#include "platform/guarded_memory.hpp"
#include "platform/peer_process.hpp"
#include "pluginhost/protocol/messages.hpp"
#include "testhost/plugins/hook_call.hpp"

#include <memory>

namespace wslplugins::pluginhost {

/// Each struct is as long as the version makes it, with memory behind it that faults when it is read. All of it, the
/// token too, is there as long as this is: for the call.
class RebuiltCall {
public:
    [[nodiscard]] static WinResult<RebuiltCall> make(const protocol::CallHook& message,
                                                     const Version& version,
                                                     std::vector<platform::CarriedHandle>& handles);

    [[nodiscard]] const testhost::HookCall& get() const noexcept { return call_; }

private:
    friend struct SessionBuilder;
    friend struct PayloadBuilder;

    RebuiltCall() = default;

    /// A copy of the struct's first `size` bytes; null where memory is out, which `error_` then says.
    template <class Struct>
    const Struct* keep(const Struct& whole, std::size_t size);
    abi::LPCWSTR text(const protocol::WideText& text);
    abi::PSID sid(const std::optional<protocol::Bytes>& bytes);
    [[nodiscard]] abi::HANDLE token() const noexcept;

    testhost::HookCall call_;
    std::vector<platform::GuardedMemory> structs_;
    std::vector<std::unique_ptr<WideString>> texts_;
    std::unique_ptr<std::string> document_;  // a short string's text moves with it
    protocol::Bytes sid_;
    std::vector<platform::CarriedHandle> handles_;
    std::optional<Error> error_;
};

}  // namespace wslplugins::pluginhost
