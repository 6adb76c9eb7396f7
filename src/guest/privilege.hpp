// SPDX-License-Identifier: MIT
/// @file
/// The rights that the guest needs, and those that it leaves to what runs in the machine.
#pragma once

#include "guest/step.hpp"

namespace wslplugins::guest {

/// Whether this process may make mount and PID namespaces as it is.
[[nodiscard]] bool may_make_namespaces();

/// Enters a user namespace in which this user is root.
[[nodiscard]] Step<> enter_user_namespace();

/// Becomes root with the rights over files, owners and processes that a root in the machine needs, and none
/// that reach the kernel, its mounts or its devices; no program that is executed can win more.
[[nodiscard]] Step<> become_machine_root();

}  // namespace wslplugins::guest
