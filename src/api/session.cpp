// SPDX-License-Identifier: MIT
#include <wslplugins/api/session.hpp>

namespace wslplugins {
namespace {

std::string text_of(SessionId id) {
    return "session " + std::to_string(id.value());
}

}  // namespace

WinResult<OwnedSession> Session::to_owned() const {
    OwnedSession owned{id(), std::nullopt};
    if (const auto sid = user_sid()) {
        auto kept = sid->to_owned();
        if (!kept) {
            return propagate(std::move(kept.error()));
        }
        owned.user_sid = *kept;
    }
    return owned;
}

std::string to_string(const Session& session) {
    return text_of(session.id());
}

std::string to_string(const OwnedSession& session) {
    return text_of(session.id);
}

}  // namespace wslplugins
