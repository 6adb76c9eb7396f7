// SPDX-License-Identifier: MIT
// expects: needs a public constructor from const Context
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class NoConstructor final : public Plugin {
    using Plugin::Plugin;

private:
    explicit NoConstructor(const Context& context, int) : Plugin(context) {}
    NoConstructor(const Context& context) : Plugin(context) {}
};

WSLPLUGINS_EXPORT_V1(NoConstructor);
