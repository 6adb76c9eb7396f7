// SPDX-License-Identifier: MIT
#pragma once

// [region: guard]
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class CustomKernelGuard final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session& session, const VmSettings& settings) override {
        if (settings.has(VmCustomization::CustomKernel)) {
            return refuse(HResult::access_denied, "Custom kernels are blocked on this computer.");
        }
        const auto kernel = api().command(session, "/bin/cat").arg("/proc/version").run_raw();
        if (!kernel) {
            return propagate(kernel.error());  // WSL shows its code, and the VM stops again
        }
        log().info("kernel", *kernel);
        return {};
    }
};
// [end: guard]
