// SPDX-License-Identifier: MIT
// expects: came before <winsock2.h> and brought the old <winsock.h>. Include
#include <windows.h>
#include <wslplugins/interop_windows.hpp>
