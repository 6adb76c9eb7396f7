// SPDX-License-Identifier: MIT
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class Good final : public Plugin {
public:
    using Plugin::Plugin;
    PluginResult<> on_vm_started(const Session&, const VmSettings& settings) override {
        if (settings.has(VmCustomization::CustomKernel)) {
            return refuse(HResult::access_denied, "Custom kernels are blocked.");
        }
        return {};
    }
    WinResult<> on_vm_stopping(const Session& session) override {
        auto output = api().command(session, "/bin/true").run();
        if (!output) {
            return propagate(output.error());
        }
        return {};
    }
};

WSLPLUGINS_EXPORT_V1(Good, Capability::DistributionFlavor | Capability::DistributionVersion);
