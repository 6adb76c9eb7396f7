// SPDX-License-Identifier: MIT
#include "minimal.hpp"

WSLPLUGINS_EXPORT_V1(Minimal);
