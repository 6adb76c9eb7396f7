// SPDX-License-Identifier: MIT
#include "start_log.hpp"

using namespace wslplugins;

PluginResult<> StartLog::on_vm_started(const Session& session, const VmSettings&) {
    const auto kernel = api().command(session, "/bin/cat").arg("/proc/version").run_raw();
    if (!kernel) {
        // Returning the error would stop the virtual machine, which is too much for a missing line.
        log().warning("kernel not read", kernel.error().to_string());
        return {};
    }
    log().info("virtual machine started", *kernel);
    return {};
}

WinResult<> StartLog::on_vm_stopping(const Session&) {
    log().info("virtual machine stopping");
    return {};
}

PluginResult<> StartLog::on_distribution_started(const Session&, const Distribution& distribution) {
    log().info("distribution started", to_string(distribution));
    return {};
}

WinResult<> StartLog::on_distribution_stopping(const Session&, const Distribution& distribution) {
    log().info("distribution stopping", to_string(distribution));
    return {};
}
