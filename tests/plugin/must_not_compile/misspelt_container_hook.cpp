// SPDX-License-Identifier: MIT
// expects: override
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Misspelt final : public Plugin {
public:
    using Plugin::Plugin;
    PluginResult<> on_container_start(const WslcSession&, std::string_view) override { return {}; }
};
