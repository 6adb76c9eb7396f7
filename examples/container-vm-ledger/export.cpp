// SPDX-License-Identifier: MIT
#include "container_vm_ledger.hpp"

WSLPLUGINS_EXPORT_V1(ContainerVmLedger, Capability::WslcVmHooks);
