// SPDX-License-Identifier: MIT
/// @file
/// `framework_version`: which release of this framework a plugin was built with.
#pragma once

#include <wslplugins/core/version.hpp>

namespace wslplugins {

/// This framework's own version, not WSL's. The CMake package has the same.
inline constexpr Version framework_version{0, 1, 0};

}  // namespace wslplugins
