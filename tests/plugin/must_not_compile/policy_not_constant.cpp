// SPDX-License-Identifier: MIT
// expects: policy.* (usable|allowed) in a constant expression
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Odd final : public Plugin {
public:
    using Plugin::Plugin;
    static inline const PluginPolicy policy = PluginPolicy().fail_open();
};

WSLPLUGINS_EXPORT_V1(Odd);
