// SPDX-License-Identifier: MIT
/// @file
/// Mounting a folder of the machine in the root namespace, and taking it away.
#pragma once

#include "guest/init.hpp"

namespace wslplugins::guest {

/// Binds the folder, with all that is mounted below it, below the machine's root.
[[nodiscard]] Step<> mount_folder(const Init& machine, const protocol::MountFolder& request);

/// Takes the mount at the target away, and then the folder that it lay on.
/// @return EINVAL for what is no mount; EBUSY while it is in use.
[[nodiscard]] Step<> unmount_folder(const Init& machine, const protocol::UnmountFolder& request);

}  // namespace wslplugins::guest
