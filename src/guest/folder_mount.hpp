// SPDX-License-Identifier: MIT
/// @file
/// Mounting a folder of the machine in the root namespace.
#pragma once

#include "guest/init.hpp"

namespace wslplugins::guest {

/// Binds the folder, with all that is mounted below it, below the machine's root.
[[nodiscard]] Step<> mount_folder(const Init& machine, const protocol::MountFolder& request);

}  // namespace wslplugins::guest
