// SPDX-License-Identifier: MIT
/// @file
/// Mounting parts of the machine's tree elsewhere. Needs Linux 5.12 (`mount_setattr`).
#pragma once

#include "guest/descriptor.hpp"
#include "guest/step.hpp"

#include <cstdint>
#include <string>

namespace wslplugins::guest {

/// A copy of the tree at `path` with all that is mounted below it, attached nowhere yet. `attributes` are
/// MOUNT_ATTR_* flags that every mount of the copy gets besides its own.
[[nodiscard]] Step<Descriptor> copy_tree(const std::string& path, std::uint64_t attributes);

/// Mounts the copy at `target`, which must exist.
[[nodiscard]] Step<> attach_tree(const Descriptor& tree, const std::string& target);

/// Makes a folder and those above it, with mode 0755.
[[nodiscard]] Step<> make_folders(const std::string& path);

}  // namespace wslplugins::guest
