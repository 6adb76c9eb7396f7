// SPDX-License-Identifier: MIT
// expects: override
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Misspelt final : public Plugin {
public:
    using Plugin::Plugin;
    PluginResult<> on_vm_start(const Session&, const VmSettings&) override { return {}; }
};
