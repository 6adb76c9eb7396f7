// SPDX-License-Identifier: MIT
/// @file
/// Mounting a folder of the machine in it or in a distribution, and taking it away.
#pragma once

#include "guest/init.hpp"

namespace wslplugins::guest {

/// Binds the folder, with all that is mounted below it, below the root of the machine or of a distribution.
[[nodiscard]] Step<> mount_folder(const Init& place, const protocol::MountFolder& request);

/// Takes the mount at the target away, and then the folder that it lay on.
/// @return EINVAL for what is no mount; EBUSY while it is in use.
[[nodiscard]] Step<> unmount_folder(const Init& machine, const protocol::UnmountFolder& request);

}  // namespace wslplugins::guest
