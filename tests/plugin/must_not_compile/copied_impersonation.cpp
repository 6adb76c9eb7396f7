// SPDX-License-Identifier: MIT
// expects: deleted
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Copying final : public Plugin {
public:
    using Plugin::Plugin;
    WinResult<> on_vm_stopping(const Session& session) override {
        auto as_user = Impersonation::start(*session.user_token());
        Impersonation longer = std::move(*as_user);
        return {};
    }
};
