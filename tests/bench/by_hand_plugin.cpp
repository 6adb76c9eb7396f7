// SPDX-License-Identifier: MIT
// examples/minimal, written by hand.
#include "bench/by_hand.hpp"

#include <memory>

namespace {

using namespace by_hand;

struct Plugin {
    const abi::WSLPluginAPIV1* api;
};

std::unique_ptr<Plugin> plugin;

abi::HRESULT vm_started(const abi::WSLSessionInformation* session,
                        const abi::WSLVmCreationSettings*) {
    return guarded("OnVMStarted", [&]() -> Result<> {
        log("info", "VM started", {});
        const auto kernel = run(plugin->api, session->SessionId, {"/bin/cat", {"/proc/version"}});
        if (!kernel) {
            return std::unexpected(kernel.error());
        }
        log("info", "kernel", *kernel);
        return {};
    });
}

abi::HRESULT vm_stopping(const abi::WSLSessionInformation*) {
    return guarded("OnVMStopping", [&]() -> Result<> {
        log("info", "VM stopping", {});
        return {};
    });
}

abi::HRESULT distribution_started(const abi::WSLSessionInformation*,
                                  const abi::WSLDistributionInformation* distribution) {
    return guarded("OnDistributionStarted", [&]() -> Result<> {
        log("info", "distribution started", by_hand::system::to_utf8(distribution->Name));
        return {};
    });
}

abi::HRESULT distribution_stopping(const abi::WSLSessionInformation*,
                                   const abi::WSLDistributionInformation* distribution) {
    return guarded("OnDistributionStopping", [&]() -> Result<> {
        log("info", "distribution stopping", by_hand::system::to_utf8(distribution->Name));
        return {};
    });
}

}  // namespace

extern "C"
#if defined(_WIN32)
    __declspec(dllexport)
#else
    [[gnu::visibility("default")]]
#endif
    abi::HRESULT
    WSLPluginAPIV1_EntryPoint(const abi::WSLPluginAPIV1* api, abi::WSLPluginHooksV1* hooks) {
    return guarded("WSLPluginAPIV1_EntryPoint", [&]() -> Result<> {
        plugin = std::make_unique<Plugin>(api);
        hooks->OnVMStarted = &vm_started;
        hooks->OnVMStopping = &vm_stopping;
        hooks->OnDistributionStarted = &distribution_started;
        hooks->OnDistributionStopping = &distribution_stopping;
        return {};
    });
}
