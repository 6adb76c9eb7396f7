// SPDX-License-Identifier: MIT
#include "allowed_distributions.hpp"

WSLPLUGINS_EXPORT_V1(AllowedDistributions);
