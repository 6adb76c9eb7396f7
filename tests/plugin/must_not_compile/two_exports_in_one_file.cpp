// SPDX-License-Identifier: MIT
// expects: redefinition of|already has a body
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class One final : public Plugin {
public:
    using Plugin::Plugin;
};

WSLPLUGINS_EXPORT_V1(One);
WSLPLUGINS_EXPORT_V1(One, 2, 1);
