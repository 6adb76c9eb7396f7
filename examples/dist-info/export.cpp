// SPDX-License-Identifier: MIT
#include "dist_info.hpp"

WSLPLUGINS_EXPORT_V1(DistInfo);
