// SPDX-License-Identifier: MIT
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class OtherGood final : public Plugin {
public:
    using Plugin::Plugin;
};

WSLPLUGINS_EXPORT_V1(OtherGood, 2, 1, 2);
