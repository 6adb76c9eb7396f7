// SPDX-License-Identifier: MIT
// expects: a_time_budget_must_be_longer_than_zero
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Odd final : public Plugin {
public:
    using Plugin::Plugin;
    static constexpr PluginPolicy policy =
        PluginPolicy().time_budget(Hook::OnVMStarted, std::chrono::seconds(0));
};

WSLPLUGINS_EXPORT_V1(Odd);
