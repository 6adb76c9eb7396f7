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

PluginResult<> Plugin::on_wslc_session_created(const WslcSession&) {
    return {};
}

WinResult<> Plugin::on_wslc_session_stopping(const WslcSession&) {
    return {};
}

PluginResult<> Plugin::on_container_started(const WslcSession&, std::string_view) {
    return {};
}

WinResult<> Plugin::on_container_stopping(const WslcSession&, std::string_view) {
    return {};
}

WinResult<> Plugin::on_image_created(const WslcSession&, std::string_view) {
    return {};
}

WinResult<> Plugin::on_image_deleted(const WslcSession&, std::string_view) {
    return {};
}

WinResult<> Plugin::on_wslc_vm_started(const WslcSession&) {
    return {};
}

WinResult<> Plugin::on_wslc_vm_stopping(const WslcSession&) {
    return {};
}

}  // namespace wslplugins
