// SPDX-License-Identifier: MIT
#include "veto.hpp"

WSLPLUGINS_EXPORT_V1(Veto);
