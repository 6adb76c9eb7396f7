// SPDX-License-Identifier: MIT
#include "unpackaged_distro_blacklist_policy.hpp"

WSLPLUGINS_EXPORT_V1(UnpackagedDistroBlacklistPolicy);
