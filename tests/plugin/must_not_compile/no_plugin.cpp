// SPDX-License-Identifier: MIT
// expects: must derive publicly from wslplugins::Plugin
#include <wslplugins/wslplugins.hpp>

using namespace wslplugins;

class NoPlugin {
public:
    explicit NoPlugin(const Context&) {}
};

WSLPLUGINS_EXPORT_V1(NoPlugin);
