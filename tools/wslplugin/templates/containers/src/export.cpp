// SPDX-License-Identifier: MIT
#include "pinned_images.hpp"

using wslplugins::Capability;

WSLPLUGINS_EXPORT_V1(PinnedImages, Capability::Wslc);
