// SPDX-License-Identifier: MIT
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

namespace {
class MyPlugin final : public Plugin {
public:
    using Plugin::Plugin;
};
}  // namespace

// [region: entry]
#if defined(_WIN32)
#    define MY_EXPORT __declspec(dllexport)
#else
#    define MY_EXPORT [[gnu::visibility("default")]]
#endif

extern "C" MY_EXPORT wslplugins::abi::HRESULT
WSLPluginAPIV1_EntryPoint(const wslplugins::abi::WSLPluginAPIV1* api,
                          wslplugins::abi::WSLPluginHooksV1* hooks) {
    return load_plugin<MyPlugin>(api, hooks, Capability::DistributionFlavor);
}
// [end: entry]
