// SPDX-License-Identifier: MIT
/// @file
/// `Api`: what WSL offers to a plugin. Every call may be made from any thread and may block.
///
/// In a hook, call it on the hook's own thread. WSL holds a lock on the session while a VM or distribution
/// hook runs: a call from another thread waits until the hook has returned, and a hook that waits for such
/// a thread hangs the user's session for ever. For container calls the same holds in the hooks about container
/// sessions, whatever the session.
#pragma once

#include <wslplugins/api/command.hpp>
#include <wslplugins/api/folder_mount.hpp>
#include <wslplugins/api/wslc/wslc_command.hpp>
#include <wslplugins/api/wslc/wslc_folder_mount.hpp>
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

    /// Whether the running WSL has it.
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

    /// Mounts a Windows folder in a container session's virtual machine, with the rights of the session's user:
    /// what that user may not open is not mounted. It stays until it is unmounted or the machine stops, so it
    /// is to be mounted again in each `on_wslc_vm_started`. Any plugin can unmount it. Since WSL 2.9.0.
    ///
    /// Until WSL 2.9.4 there is a machine from `on_wslc_session_created` on, from 2.9.5 on only from
    /// `on_wslc_vm_started` to `on_wslc_vm_stopping`; a plugin's call starts none. The codes were read in WSL's
    /// source.
    /// @return WSL_E_PLUGIN_REQUIRES_UPDATE before WSL 2.9.0; E_INVALIDARG for an empty or relative path;
    ///         ERROR_PATH_NOT_FOUND when the Windows folder does not exist; ERROR_ALREADY_EXISTS when something
    ///         is mounted at this Linux path; E_FAIL when Linux refuses; WSLC_E_VM_NOT_RUNNING when the session
    ///         has no virtual machine; WSLC_E_SESSION_NOT_FOUND when there is no such session (any more);
    ///         E_ABORT and RPC codes when it ends meanwhile; RPC_E_DISCONNECTED while the service stops.
    [[nodiscard]] WinResult<> mount_folder(WslcSessionId session,
                                           const WslcFolderMount& mount) const;

    /// Unmounts what was mounted in a container session at this Linux path, by this plugin or another, and removes
    /// the folder there. Since WSL 2.9.0.
    /// @param linux_path as it was when mounting, letter by letter.
    /// @return ERROR_NOT_FOUND when no plugin mounted anything there; E_FAIL while it is in use or its folder
    ///         cannot be removed, and it stays mounted for WSL; else as mounting.
    [[nodiscard]] WinResult<> unmount_folder(WslcSessionId session,
                                             std::string_view linux_path) const;

    /// Describes a program to be run in a container session's virtual machine; nothing runs before
    /// `WslcCommand::run` or `WslcCommand::spawn`. Since WSL 2.9.0.
    /// @param path absolute Linux path of the program, or its name alone, which WSL looks up in the PATH of the
    ///        machine's own init.
    [[nodiscard]] WslcCommand command(WslcSessionId session, std::string_view path) const {
        return WslcCommand(raw_, session, path);
    }

    /// WSL's table. It is as long as `version()` makes it: see `core/slot_table.hpp` before reading a slot.
    [[nodiscard]] const abi::WSLPluginAPIV1* raw() const noexcept { return raw_; }

private:
    const abi::WSLPluginAPIV1* raw_;
};

}  // namespace wslplugins
