// SPDX-License-Identifier: MIT
/// @file
/// A plugin that refuses every virtual machine, with a message for the user.
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

namespace {

class VetoVm final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session&, const VmSettings&) override {
        return refuse(HResult::access_denied, "Not on this computer \xE2\x80\x93 sorry.");
    }
};

}  // namespace

WSLPLUGINS_EXPORT_V1(VetoVm);
