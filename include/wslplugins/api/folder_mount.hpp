// SPDX-License-Identifier: MIT
/// @file
/// `FolderMount`: a Windows folder to be mounted in the virtual machine.
#pragma once

#include <cstdint>
#include <string>

namespace wslplugins {

/// What Linux programs may do with the folder.
enum class FolderAccess : std::uint8_t { ReadOnly, ReadWrite };

/// What `Api::mount_folder` mounts. Text is UTF-8.
struct FolderMount {
    std::string windows_path;                      ///< An existing folder.
    std::string linux_path;                        ///< Absolute; folders on the way are made.
    FolderAccess access = FolderAccess::ReadOnly;  ///< What Linux may do with it.
    std::string name;  ///< The share's name: one of its own for each mount, not empty.
};

}  // namespace wslplugins
