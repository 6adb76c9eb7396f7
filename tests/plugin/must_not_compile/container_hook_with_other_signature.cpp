// SPDX-License-Identifier: MIT
// expects: another type, and WSL would never call it
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Mistyped final : public Plugin {
public:
    using Plugin::Plugin;
    PluginResult<> on_container_started(const WslcSession&, const std::string&) { return {}; }
};

WSLPLUGINS_EXPORT_V1(Mistyped);
