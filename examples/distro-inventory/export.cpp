// SPDX-License-Identifier: MIT
#include "distro_inventory.hpp"

WSLPLUGINS_EXPORT_V1(DistroInventory,
                     Capability::DistributionFlavor | Capability::DistributionVersion);
