// SPDX-License-Identifier: MIT
// expects: WslPluginApi.h and this framework differ in WSLDistributionInformation::InitPid
#define STAND_IN_OTHER_SIZE
#include <wslplugins/interop_windows.hpp>
