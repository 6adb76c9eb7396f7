// SPDX-License-Identifier: MIT
#include "read_only_host_mount.hpp"

WSLPLUGINS_EXPORT_V1(ReadOnlyHostMount);
