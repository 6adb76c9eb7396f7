// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/wslplugins.hpp>

/// Logs which virtual machines and distributions start and stop, and on which kernel.
class StartLog final : public wslplugins::Plugin {
public:
    using Plugin::Plugin;

    wslplugins::PluginResult<> on_vm_started(const wslplugins::Session& session,
                                             const wslplugins::VmSettings& settings) override;
    wslplugins::WinResult<> on_vm_stopping(const wslplugins::Session& session) override;
    wslplugins::PluginResult<>
    on_distribution_started(const wslplugins::Session& session,
                            const wslplugins::Distribution& distribution) override;
    wslplugins::WinResult<>
    on_distribution_stopping(const wslplugins::Session& session,
                             const wslplugins::Distribution& distribution) override;
};
