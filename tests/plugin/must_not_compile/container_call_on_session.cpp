// SPDX-License-Identifier: MIT
// expects: conver.*WslcSessionId
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Mixing final : public Plugin {
public:
    using Plugin::Plugin;
    WinResult<> on_vm_stopping(const Session& session) override {
        return api().unmount_folder(session, "/mnt/shared");
    }
};
