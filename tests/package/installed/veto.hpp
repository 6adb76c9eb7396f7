// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

class Veto final : public wslplugins::Plugin {
public:
    using Plugin::Plugin;

    wslplugins::PluginResult<>
    on_distribution_started(const wslplugins::Session& session,
                            const wslplugins::Distribution& distribution) override;
};
