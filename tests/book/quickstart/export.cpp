// SPDX-License-Identifier: MIT
// [region: export]
#include "my_plugin.hpp"

WSLPLUGINS_EXPORT_V1(MyPlugin);
// [end: export]
