// SPDX-License-Identifier: MIT
/// @file
/// How images come into a session, and who is told.
#pragma once

#include "testhost/wslc/wslc_document.hpp"
#include "testhost/wslc/wslc_session.hpp"

#include <string_view>

namespace wslplugins::testhost {

/// Calls ImageCreated.
void tell_image_created(const WslcSession::Activity& activity, const StoredImage& stored);

/// Takes an image from the registry, and calls ImageCreated. @return WSLC_E_IMAGE_NOT_FOUND.
[[nodiscard]] WinResult<StoredImage> pull_image(const WslcSession::Activity& activity,
                                                WslcImageStore& registry,
                                                std::string_view reference);

}  // namespace wslplugins::testhost
