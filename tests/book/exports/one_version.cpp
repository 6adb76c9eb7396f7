// SPDX-License-Identifier: MIT
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

namespace {
class MyPlugin final : public Plugin {
public:
    using Plugin::Plugin;
};
}  // namespace

// [region: version]
WSLPLUGINS_EXPORT_V1(MyPlugin, 2, 1, 3);
// [end: version]
