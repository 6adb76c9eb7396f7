// SPDX-License-Identifier: MIT
#include "testhost/plugins/hook_message.hpp"

#include <cstring>

namespace wslplugins::testhost {
namespace {

namespace protocol = pluginhost::protocol;

protocol::WideText wide_text(abi::LPCWSTR text) {
    return text == nullptr ? protocol::WideText() : protocol::WideText(text);
}

/// A SID says in its second byte how many numbers of 4 bytes follow its first 8 bytes.
std::optional<protocol::Bytes> sid_bytes(abi::PSID sid) {
    if (sid == nullptr) {
        return std::nullopt;
    }
    const auto* const first = static_cast<const std::byte*>(sid);
    const std::size_t size = 8 + 4 * std::to_integer<std::size_t>(first[1]);
    return protocol::Bytes(first, first + size);
}

/// The struct as it would be in the newest version; what its own version lacks is zero.
template <class Struct>
Struct whole(const Struct* shortened, std::size_t size) {
    Struct copy{};
    std::memcpy(&copy, shortened, size);
    return copy;
}

/// Makes the session's part of the message.
struct SessionPart {
    protocol::SessionOfUser operator()(const abi::WSLSessionInformation* session) const {
        return {session->SessionId, session->UserToken != nullptr, sid_bytes(session->UserSid)};
    }
    protocol::SessionOfContainers operator()(const abi::WSLCSessionInformation* session) const {
        return {session->SessionId,
                wide_text(session->DisplayName),
                session->ApplicationPid,
                session->UserToken != nullptr,
                sid_bytes(session->UserSid)};
    }
};

/// Makes the part of the second argument.
struct PayloadPart {
    protocol::NoPayload operator()(std::monostate) const { return {}; }
    protocol::VmSettings operator()(const abi::WSLVmCreationSettings* settings) const {
        return {static_cast<std::uint32_t>(settings->CustomConfigurationFlags)};
    }
    protocol::Distribution operator()(const abi::WSLDistributionInformation* shortened) const {
        const auto distribution = whole(shortened, distribution_information_size(version));
        return {Guid(distribution.Id),
                wide_text(distribution.Name),
                distribution.PidNamespace,
                wide_text(distribution.PackageFamilyName),
                distribution.InitPid,
                wide_text(distribution.Flavor),
                wide_text(distribution.Version)};
    }
    protocol::OfflineDistribution
    operator()(const abi::WslOfflineDistributionInformation* shortened) const {
        const auto distribution = whole(shortened, offline_distribution_information_size(version));
        return {Guid(distribution.Id),
                wide_text(distribution.Name),
                wide_text(distribution.PackageFamilyName),
                wide_text(distribution.Flavor),
                wide_text(distribution.Version)};
    }
    protocol::Document operator()(abi::LPCSTR text) const {
        return {text == nullptr ? protocol::Text() : protocol::Text(text)};
    }

    const Version& version;
};

}  // namespace

HookMessage hook_message(const HookCall& call, const Version& version) {
    protocol::CallHook request;
    request.hook = call.hook;
    std::visit([&](const auto* session) { request.session = SessionPart()(session); },
               call.session);
    std::visit([&](const auto& payload) { request.payload = PayloadPart{version}(payload); },
               call.payload);
    HookMessage message{std::move(request), {}};
    const abi::HANDLE token =
        std::visit([](const auto* session) { return session->UserToken; }, call.session);
    if (token != nullptr) {
        message.handles.push_back({platform::HandleKind::Other, token});
    }
    return message;
}

}  // namespace wslplugins::testhost
