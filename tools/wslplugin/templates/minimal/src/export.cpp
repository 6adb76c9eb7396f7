// SPDX-License-Identifier: MIT
#include "start_log.hpp"

WSLPLUGINS_EXPORT_V1(StartLog);
