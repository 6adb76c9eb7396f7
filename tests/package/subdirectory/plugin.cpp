// SPDX-License-Identifier: MIT
#include <wslplugins/wslplugins.hpp>

class Silent final : public wslplugins::Plugin {
public:
    using Plugin::Plugin;
};

WSLPLUGINS_EXPORT_V1(Silent);
