// SPDX-License-Identifier: MIT
// expects: deleted
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Copying final : public Plugin {
public:
    using Plugin::Plugin;
    WinResult<> on_wslc_vm_started(const WslcSession& session) override {
        const WslcProcess process = api().command(session, "/bin/true").spawn().value();
        const WslcProcess kept = process;
        return {};
    }
};
