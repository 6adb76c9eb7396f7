// SPDX-License-Identifier: MIT
#include "pluginhost/rebuilt_call.hpp"

#include <cstring>
#include <utility>

namespace wslplugins::pluginhost {

using testhost::HookCall;

struct SessionBuilder {
    HookCall::Session operator()(const protocol::SessionOfUser& session) const {
        const abi::WSLSessionInformation information{
            session.id, call.token(), call.sid(session.sid)};
        return call.keep(information, sizeof information);
    }
    HookCall::Session operator()(const protocol::SessionOfContainers& session) const {
        const abi::WSLCSessionInformation information{session.id,
                                                      call.text(session.display_name),
                                                      session.application_pid,
                                                      call.token(),
                                                      call.sid(session.sid)};
        return call.keep(information, sizeof information);
    }

    RebuiltCall& call;
};

struct PayloadBuilder {
    HookCall::Payload operator()(const protocol::NoPayload&) const { return {}; }
    HookCall::Payload operator()(const protocol::VmSettings& settings) const {
        const abi::WSLVmCreationSettings information{
            static_cast<abi::WSLUserConfiguration>(settings.flags)};
        return call.keep(information, sizeof information);
    }
    HookCall::Payload operator()(const protocol::Distribution& distribution) const {
        const abi::WSLDistributionInformation information{
            distribution.id.raw(),
            call.text(distribution.name),
            distribution.pid_namespace,
            call.text(distribution.package_family_name),
            distribution.init_pid,
            call.text(distribution.flavor),
            call.text(distribution.version)};
        return call.keep(information, distribution_information_size(version));
    }
    HookCall::Payload operator()(const protocol::OfflineDistribution& distribution) const {
        const abi::WslOfflineDistributionInformation information{
            distribution.id.raw(),
            call.text(distribution.name),
            call.text(distribution.package_family_name),
            call.text(distribution.flavor),
            call.text(distribution.version)};
        return call.keep(information, offline_distribution_information_size(version));
    }
    HookCall::Payload operator()(const protocol::Document& document) const {
        if (!document.text) {
            return static_cast<abi::LPCSTR>(nullptr);
        }
        call.document_ = std::make_unique<std::string>(*document.text);
        return call.document_->c_str();
    }

    RebuiltCall& call;
    const Version& version;
};

WinResult<RebuiltCall> RebuiltCall::make(const protocol::CallHook& message,
                                         const Version& version,
                                         std::vector<platform::CarriedHandle>& handles) {
    RebuiltCall rebuilt;
    rebuilt.handles_ = std::move(handles);
    rebuilt.call_.hook = message.hook;
    rebuilt.call_.session = std::visit(SessionBuilder{rebuilt}, message.session);
    rebuilt.call_.payload = std::visit(PayloadBuilder{rebuilt, version}, message.payload);
    if (rebuilt.error_) {
        return propagate(*rebuilt.error_);
    }
    return rebuilt;
}

template <class Struct>
const Struct* RebuiltCall::keep(const Struct& whole, std::size_t size) {
    // The block is a multiple of 8 bytes; a shorter struct is its end, so that the guard lies right behind.
    const std::size_t block = (size + 7) / 8 * 8;
    auto memory = platform::GuardedMemory::allocate(block);
    if (!memory) {
        error_ = memory.error();
        return nullptr;
    }
    auto* const place = static_cast<std::byte*>(memory->data()) + (block - size);
    std::memcpy(place, &whole, size);
    structs_.push_back(std::move(*memory));
    return reinterpret_cast<const Struct*>(place);
}

abi::LPCWSTR RebuiltCall::text(const protocol::WideText& text) {
    if (!text) {
        return nullptr;
    }
    texts_.push_back(std::make_unique<WideString>(*text));
    return texts_.back()->c_str();
}

abi::PSID RebuiltCall::sid(const std::optional<protocol::Bytes>& bytes) {
    sid_ = bytes.value_or(protocol::Bytes());
    return bytes ? sid_.data() : nullptr;
}

abi::HANDLE RebuiltCall::token() const noexcept {
    return handles_.empty() ? nullptr : handles_.front().raw();
}

}  // namespace wslplugins::pluginhost
