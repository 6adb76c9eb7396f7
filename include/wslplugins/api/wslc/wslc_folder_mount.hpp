// SPDX-License-Identifier: MIT
/// @file
/// `WslcFolderMount`: a Windows folder to be mounted for a container session.
#pragma once

#include <wslplugins/api/folder_mount.hpp>

#include <string>

namespace wslplugins {

/// What `Api::mount_folder` mounts in a container session's virtual machine. Text is UTF-8. Unlike a
/// `FolderMount` it has no name: the Linux path is what `Api::unmount_folder` takes.
struct WslcFolderMount {
    std::string windows_path;  ///< Absolute; an existing folder that the session's user may open.
    std::string
        linux_path;  ///< Absolute; made if missing. WSL compares it as text: `/a/` is not `/a`.
    FolderAccess access = FolderAccess::ReadOnly;  ///< What Linux may do with it.
};

}  // namespace wslplugins
