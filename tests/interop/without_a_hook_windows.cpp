// SPDX-License-Identifier: MIT
// expects: WslPluginApi.h and this framework differ in WSLPluginHooksV1::OnVMStopping
#define STAND_IN_WITHOUT_A_HOOK
#include <wslplugins/interop_windows.hpp>
