// SPDX-License-Identifier: MIT
#include "custom_kernel_guard.hpp"

WSLPLUGINS_EXPORT_V1(CustomKernelGuard);
