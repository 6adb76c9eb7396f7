// SPDX-License-Identifier: MIT
#include "clean_up_on_stop.hpp"

WSLPLUGINS_EXPORT_V1(CleanUpOnStop);
