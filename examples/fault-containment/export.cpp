// SPDX-License-Identifier: MIT
#include "fault_containment.hpp"

WSLPLUGINS_EXPORT_V1(FaultContainment);
