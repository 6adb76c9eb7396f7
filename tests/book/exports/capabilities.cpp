// SPDX-License-Identifier: MIT
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

namespace {
class MyPlugin final : public Plugin {
public:
    using Plugin::Plugin;
};
}  // namespace

// [region: capabilities]
WSLPLUGINS_EXPORT_V1(MyPlugin,
                     Capability::ExecuteBinaryInDistribution | Capability::DistributionFlavor);
// [end: capabilities]
