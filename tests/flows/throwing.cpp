// SPDX-License-Identifier: MIT
/// @file
/// A plugin that throws out of the hook that the environment variable WSLPLUGINS_THROW_FROM names.
#include <wslplugins/wslplugins.hpp>

#include <cstdlib>
#include <stdexcept>
#include <string_view>

using namespace wslplugins;

namespace {

void throw_if_named(std::string_view hook) {
    const char* const named = std::getenv("WSLPLUGINS_THROW_FROM");
    if (named != nullptr && hook == named) {
        throw std::runtime_error("thrown from " + std::string(hook));
    }
}

class Throwing final : public Plugin {
public:
    explicit Throwing(const Context& context) : Plugin(context) { throw_if_named("constructor"); }

    PluginResult<> on_vm_started(const Session&, const VmSettings&) override {
        throw_if_named("OnVMStarted");
        return {};
    }

    WinResult<> on_vm_stopping(const Session&) override {
        throw_if_named("OnVMStopping");
        return {};
    }

    PluginResult<> on_distribution_started(const Session&, const Distribution&) override {
        throw_if_named("OnDistributionStarted");
        return {};
    }

    WinResult<> on_distribution_stopping(const Session&, const Distribution&) override {
        throw_if_named("OnDistributionStopping");
        return {};
    }
};

}  // namespace

WSLPLUGINS_EXPORT_V1(Throwing);
