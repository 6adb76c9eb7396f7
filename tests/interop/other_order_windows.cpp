// SPDX-License-Identifier: MIT
// expects: WslPluginApi.h and this framework differ in WSLDistributionInformation::Flavor
#define STAND_IN_OTHER_ORDER
#include <wslplugins/interop_windows.hpp>
