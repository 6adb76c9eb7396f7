// SPDX-License-Identifier: MIT
// expects: deleted
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Copying final : public Plugin {
public:
    using Plugin::Plugin;
    WinResult<> on_vm_stopping(const Session& session) override {
        const auto sid = session.user_sid();
        const Sid kept = *sid;
        return {};
    }
};
