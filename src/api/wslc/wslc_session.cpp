// SPDX-License-Identifier: MIT
#include <wslplugins/api/wslc/wslc_session.hpp>

#include <wslplugins/core/text.hpp>

#include <utility>

namespace wslplugins {
namespace {

/// NULL and "" are one thing.
WideStringView text_of(abi::LPCWSTR text) noexcept {
    return text == nullptr ? WideStringView() : WideStringView(text);
}

std::string print(WslcSessionId id, const std::string& name) {
    return "container session " + std::to_string(id.value()) + " (" + name + ")";
}

}  // namespace

WinResult<std::string> WslcSession::display_name() const {
    return to_utf8(text_of(raw_->DisplayName));
}

WinResult<OwnedWslcSession> WslcSession::to_owned() const {
    auto name = display_name();
    if (!name) {
        return propagate(std::move(name.error()));
    }
    OwnedWslcSession owned{id(), std::move(*name), application_pid(), std::nullopt};
    if (const auto sid = user_sid()) {
        auto kept = sid->to_owned();
        if (!kept) {
            return propagate(std::move(kept.error()));
        }
        owned.user_sid = *kept;
    }
    return owned;
}

std::string to_string(const WslcSession& session) {
    return print(session.id(), to_utf8_lossy(text_of(session.raw()->DisplayName)));
}

std::string to_string(const OwnedWslcSession& session) {
    return print(session.id, session.display_name);
}

}  // namespace wslplugins
