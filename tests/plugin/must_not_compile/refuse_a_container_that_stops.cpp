// SPDX-License-Identifier: MIT
// expects: PluginError
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Refusing final : public Plugin {
public:
    using Plugin::Plugin;
    WinResult<> on_container_stopping(const WslcSession&, std::string_view) override {
        return refuse(HResult::access_denied, "Nobody would read this.");
    }
};
