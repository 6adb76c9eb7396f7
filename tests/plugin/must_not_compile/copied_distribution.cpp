// SPDX-License-Identifier: MIT
// expects: deleted
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Copying final : public Plugin {
public:
    using Plugin::Plugin;
    PluginResult<> on_distribution_started(const Session&,
                                           const Distribution& distribution) override {
        kept_.push_back(new Distribution(distribution));
        return {};
    }

private:
    std::vector<Distribution*> kept_;
};
