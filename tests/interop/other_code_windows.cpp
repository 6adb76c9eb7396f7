// SPDX-License-Identifier: MIT
// expects: WslPluginApi.h has another value of WSL_E_PLUGIN_REQUIRES_UPDATE
#define STAND_IN_OTHER_CODE
#include <wslplugins/interop_windows.hpp>
