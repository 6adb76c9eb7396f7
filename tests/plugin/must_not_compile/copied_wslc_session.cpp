// SPDX-License-Identifier: MIT
// expects: deleted
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Copying final : public Plugin {
public:
    using Plugin::Plugin;
    WinResult<> on_wslc_session_stopping(const WslcSession& session) override {
        const WslcSession kept = session;
        return {};
    }
};
