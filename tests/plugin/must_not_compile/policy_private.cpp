// SPDX-License-Identifier: MIT
// expects: policy of this plugin class is private
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Odd final : public Plugin {
public:
    using Plugin::Plugin;

private:
    static constexpr PluginPolicy policy = PluginPolicy().fail_open();
};

WSLPLUGINS_EXPORT_V1(Odd);
