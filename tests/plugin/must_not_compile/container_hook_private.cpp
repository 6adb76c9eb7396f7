// SPDX-License-Identifier: MIT
// expects: private, protected or overloaded
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Private final : public Plugin {
public:
    using Plugin::Plugin;

private:
    PluginResult<> on_wslc_session_created(const WslcSession&) override { return {}; }
};

WSLPLUGINS_EXPORT_V1(Private);
