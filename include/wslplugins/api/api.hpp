// SPDX-License-Identifier: MIT
/// @file
/// `Api`: what WSL offers to a plugin. Every call may be made from any thread and may block.
///
/// In a hook, call it on the hook's own thread. WSL holds a lock on the session while a VM or distribution
/// hook runs: a call from another thread waits until the hook has returned, and a hook that waits for such
/// a thread hangs the user's session for ever.
#pragma once

#include <wslplugins/api/command.hpp>
#include <wslplugins/api/folder_mount.hpp>
#include <wslplugins/core/capability.hpp>

#include <string_view>

namespace wslplugins {

/// A small value that points at WSL's table; copies are the same.
class Api {
public:
    /// `raw` is not null and valid while the plugin is loaded. It is a pointer, not a reference, because an
    /// older WSL's table is shorter than the type.
    explicit Api(const abi::WSLPluginAPIV1* raw) noexcept : raw_(raw) {}

    /// The version of the running WSL.
    [[nodiscard]] Version version() const noexcept { return Version::from(raw_->Version); }

    [[nodiscard]] bool supports(Capability capability) const noexcept {
        return wslplugins::supports(version(), capability);
    }

    /// Mounts a Windows folder in the virtual machine's root namespace, with the rights of the service: the
    /// user's own rights on the folder do not matter. It stays until the virtual machine stops; there is no
    /// unmounting. Whether distributions see it is up to WSL.
    /// @return E_INVALIDARG for an empty path or name, or a Linux path that is not absolute;
    ///         ERROR_FILE_NOT_FOUND when the Windows folder does not exist; E_FAIL when Linux refuses the
    ///         mount; ERROR_INVALID_STATE when no virtual machine runs; RPC_E_DISCONNECTED when the session
    ///         is gone.
    [[nodiscard]] WinResult<> mount_folder(SessionId session, const FolderMount& mount) const;

    /// Describes a program to be run; nothing runs before `Command::run` or `Command::spawn`.
    /// @param path absolute Linux path of the program.
    [[nodiscard]] Command command(SessionId session, std::string_view path) const {
        return Command(raw_, session, path);
    }

    /// WSL's table. It is as long as `version()` makes it: see `core/slot_table.hpp` before reading a slot.
    [[nodiscard]] const abi::WSLPluginAPIV1* raw() const noexcept { return raw_; }

private:
    const abi::WSLPluginAPIV1* raw_;
};

}  // namespace wslplugins
