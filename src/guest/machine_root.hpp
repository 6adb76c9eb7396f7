// SPDX-License-Identifier: MIT
/// @file
/// The throwaway root of the machine and of each distribution.
///
/// A temporary filesystem with the machine's programs and settings (/usr, /bin, /sbin, /lib*, /etc, /opt)
/// bound read-only, a writable rest (/tmp, /run, /root, /home, /mnt, /var), an own /proc with everything that
/// is not about its processes read-only or hidden, and a /dev of five devices whose inodes cannot be
/// changed. There is no /sys. `/init` is this program.
#pragma once

#include "guest/step.hpp"

#include <string>

namespace wslplugins::guest {

/// Builds the root and makes it this process's, which must be alone in a mount namespace of its own and the
/// first of its PID namespace. `program` is the path of the guest's file.
[[nodiscard]] Step<> enter_machine_root(const std::string& program);

}  // namespace wslplugins::guest
