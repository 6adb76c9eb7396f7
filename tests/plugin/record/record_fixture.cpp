// SPDX-License-Identifier: MIT
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

namespace {

class Recorded final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session&, const VmSettings&) override { return {}; }

    WinResult<> on_distribution_registered(const Session&, const OfflineDistribution&) override {
        return {};
    }

    PluginResult<> on_container_started(const WslcSession&, std::string_view) override {
        return {};
    }

    WinResult<> on_wslc_vm_stopping(const WslcSession&) override { return {}; }
};

}  // namespace

WSLPLUGINS_EXPORT_V1(Recorded, Capability::DistributionFlavor | Capability::DistributionInitPid);
