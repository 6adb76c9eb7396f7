// SPDX-License-Identifier: MIT
#include "image_audit.hpp"

WSLPLUGINS_EXPORT_V1(ImageAudit, Capability::Wslc);
