// SPDX-License-Identifier: MIT
/// @file
/// Mounting a folder of the machine in the root namespace.
#pragma once

#include "guest/init.hpp"

namespace wslplugins::guest {

/// Binds the folder, with all that is mounted below it, below the machine's root. `own_pid_namespace` is the
/// guest's: the child that does it must not be seen from inside.
[[nodiscard]] Step<>
mount_folder(const Init& machine, const protocol::MountFolder& request, int own_pid_namespace);

}  // namespace wslplugins::guest
