// SPDX-License-Identifier: MIT
// expects: WslPluginApi.h and this framework differ in WSLPluginAPIV1::MountFolder
#define STAND_IN_OTHER_SIGNATURE
#include <wslplugins/interop_windows.hpp>
