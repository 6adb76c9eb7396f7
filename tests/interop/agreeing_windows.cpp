// SPDX-License-Identifier: MIT
#include <wslplugins/interop_windows.hpp>
#include <wslplugins/wslplugins.hpp>

#include <algorithm>

#if defined(min) || defined(max)
#    error "the macros min and max came in"
#endif
#if defined(NOMINMAX)
#    error "NOMINMAX was left defined"
#endif

class Native final : public wslplugins::Plugin {
public:
    using Plugin::Plugin;
};

#if defined(WSL_E_PLUGIN_REQUIRES_UPDATE)

// An entry point of the author's own, with Microsoft's types.
extern "C" __declspec(dllexport) HRESULT WSLPluginAPIV1_EntryPoint(const WSLPluginAPIV1* api,
                                                                   WSLPluginHooksV1* hooks) {
    return wslplugins::load_plugin<Native>(
        wslplugins::interop::to_abi(api), wslplugins::interop::to_abi(hooks), {2, 1, 2});
}

#endif

SOCKET taken(wslplugins::RawProcess process) {
    return wslplugins::interop::to_native(std::move(process));
}
