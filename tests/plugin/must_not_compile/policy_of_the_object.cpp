// SPDX-License-Identifier: MIT
// expects: member named policy that is none
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Odd final : public Plugin {
public:
    using Plugin::Plugin;
    PluginPolicy policy = PluginPolicy().fail_open();
};

WSLPLUGINS_EXPORT_V1(Odd);
