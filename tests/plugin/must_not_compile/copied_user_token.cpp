// SPDX-License-Identifier: MIT
// expects: deleted
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Copying final : public Plugin {
public:
    using Plugin::Plugin;
    WinResult<> on_vm_stopping(const Session& session) override {
        const auto token = session.user_token();
        const UserToken kept = *token;
        return {};
    }
};
