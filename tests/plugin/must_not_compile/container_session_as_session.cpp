// SPDX-License-Identifier: MIT
// expects: (conversion|convert) from .*WslcSessionId
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Mixing final : public Plugin {
public:
    using Plugin::Plugin;
    WinResult<> on_wslc_session_stopping(const WslcSession& session) override {
        const SessionId mixed = session.id();
        return {};
    }
};
