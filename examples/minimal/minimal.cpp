// SPDX-License-Identifier: MIT
#include "minimal.hpp"

using namespace wslplugins;

PluginResult<> Minimal::on_vm_started(const Session& session, const VmSettings&) {
    log().info("VM started");
    const auto kernel = api().command(session, "/bin/cat").arg("/proc/version").run_raw();
    if (!kernel) {
        return propagate(kernel.error());  // the virtual machine stops again
    }
    log().info("kernel", *kernel);
    return {};
}

WinResult<> Minimal::on_vm_stopping(const Session&) {
    log().info("VM stopping");
    return {};
}

PluginResult<> Minimal::on_distribution_started(const Session&, const Distribution& distribution) {
    log().info("distribution started", distribution.name().value_or("(name not readable)"));
    return {};
}

WinResult<> Minimal::on_distribution_stopping(const Session&, const Distribution& distribution) {
    log().info("distribution stopping", distribution.name().value_or("(name not readable)"));
    return {};
}
