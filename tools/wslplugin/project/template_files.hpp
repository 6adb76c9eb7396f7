// SPDX-License-Identifier: MIT
/// @file
/// The files below `templates/`, as part of the program. The build writes the function's source.
#pragma once

#include "testhost/embedded.hpp"

namespace wslplugins::tool {

/// Named by their paths below `templates/`, with slashes.
[[nodiscard]] std::span<const testhost::EmbeddedFile> template_files() noexcept;

}  // namespace wslplugins::tool
