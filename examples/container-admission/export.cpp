// SPDX-License-Identifier: MIT
#include "container_admission.hpp"

WSLPLUGINS_EXPORT_V1(ContainerAdmission, Capability::Wslc);
