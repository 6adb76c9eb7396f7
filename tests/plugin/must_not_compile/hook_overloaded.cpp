// SPDX-License-Identifier: MIT
// expects: private, protected or overloaded
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Overloaded final : public Plugin {
public:
    using Plugin::Plugin;
    WinResult<> on_vm_stopping(const Session&) override { return {}; }
    void on_vm_stopping(int) {}
};

WSLPLUGINS_EXPORT_V1(Overloaded);
