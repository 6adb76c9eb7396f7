// SPDX-License-Identifier: MIT
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

namespace {
class MyPlugin final : public Plugin {
public:
    using Plugin::Plugin;
};
}  // namespace

// [region: any]
WSLPLUGINS_EXPORT_V1(MyPlugin);
// [end: any]
