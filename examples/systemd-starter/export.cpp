// SPDX-License-Identifier: MIT
#include "systemd_starter.hpp"

WSLPLUGINS_EXPORT_V1(SystemdStarter, Capability::ExecuteBinaryInDistribution);
