// SPDX-License-Identifier: MIT
// The plugin API without the framework, for the page that compares both.
#include <wslplugins/abi/api_v1.hpp>
#include <wslplugins/abi/codes.hpp>
#include <wslplugins/abi/hooks_v1.hpp>

using namespace wslplugins::abi;

// [region: hook]
namespace {

const WSLPluginAPIV1* wsl = nullptr;

HRESULT on_vm_started(const WSLSessionInformation*, const WSLVmCreationSettings* settings) {
    if ((settings->CustomConfigurationFlags & WSLUserConfigurationCustomKernel) != 0) {
        wsl->PluginError(L"Custom kernels are blocked on this computer.");
        return static_cast<HRESULT>(0x80070005u);  // forget this line, and WSL blames an install
    }
    return 0;
}

}  // namespace
// [end: hook]

// [region: entry]
extern "C" __declspec(dllexport) HRESULT WSLPluginAPIV1_EntryPoint(const WSLPluginAPIV1* api,
                                                                   WSLPluginHooksV1* hooks) {
    wsl = api;
    hooks->OnVMStarted = &on_vm_started;  // in every version; a later slot needs a check first
    return 0;
}
// [end: entry]
