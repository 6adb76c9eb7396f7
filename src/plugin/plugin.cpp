// SPDX-License-Identifier: MIT
#include <wslplugins/plugin/plugin.hpp>

namespace wslplugins {

PluginResult<> Plugin::on_vm_started(const Session&, const VmSettings&) {
    return {};
}

WinResult<> Plugin::on_vm_stopping(const Session&) {
    return {};
}

PluginResult<> Plugin::on_distribution_started(const Session&, const Distribution&) {
    return {};
}

WinResult<> Plugin::on_distribution_stopping(const Session&, const Distribution&) {
    return {};
}

WinResult<> Plugin::on_distribution_registered(const Session&, const OfflineDistribution&) {
    return {};
}

WinResult<> Plugin::on_distribution_unregistered(const Session&, const OfflineDistribution&) {
    return {};
}

}  // namespace wslplugins
