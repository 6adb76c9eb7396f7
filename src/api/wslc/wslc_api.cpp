// SPDX-License-Identifier: MIT
#include "api/call_failure.hpp"
#include "api/wslc/wslc_gate.hpp"

#include <wslplugins/api/api.hpp>
#include <wslplugins/core/text.hpp>

namespace wslplugins {
namespace {

std::string in_session(WslcSessionId session) {
    return " in container session " + std::to_string(session.value());
}

std::unexpected<Error> refused(const std::string& what, std::string_view why) {
    return failure(HResult::invalid_argument, what + " was not tried: " + std::string(why));
}

}  // namespace

WinResult<> Api::mount_folder(WslcSessionId session, const WslcFolderMount& mount) const {
    if (auto has = detail::require_call(
            ApiCall::WSLCMountFolder, "Mounting a folder in a container session", version());
        !has) {
        return has;
    }
    const std::string what =
        "Mounting '" + mount.windows_path + "' at '" + mount.linux_path + "'" + in_session(session);
    if (mount.windows_path.empty()) {
        return refused(what, "it needs a Windows path");
    }
    if (!mount.linux_path.starts_with('/')) {
        return refused(what, "the Linux path must be absolute");
    }
    const auto windows_path = to_utf16_for_wsl(mount.windows_path);
    if (!windows_path) {
        return failure(windows_path.error().code(),
                       what + " was not tried. " + windows_path.error().text());
    }
    if (const auto good = bytes_for_wsl(mount.linux_path); !good) {
        return failure(good.error().code(), what + " was not tried. " + good.error().text());
    }
    const abi::BOOL read_only = mount.access == FolderAccess::ReadOnly ? 1 : 0;
    const HResult code(raw_->WSLCMountFolder(
        session.value(), windows_path->c_str(), mount.linux_path.c_str(), read_only));
    if (code.is_failure()) {
        return detail::call_failure(code, what);
    }
    return {};
}

WinResult<> Api::unmount_folder(WslcSessionId session, std::string_view linux_path) const {
    if (auto has = detail::require_call(
            ApiCall::WSLCUnmountFolder, "Unmounting a folder in a container session", version());
        !has) {
        return has;
    }
    const std::string what = "Unmounting '" + std::string(linux_path) + "'" + in_session(session);
    if (!linux_path.starts_with('/')) {
        return refused(what, "the Linux path must be absolute");
    }
    const auto path = bytes_for_wsl(linux_path);
    if (!path) {
        return failure(path.error().code(), what + " was not tried. " + path.error().text());
    }
    const HResult code(raw_->WSLCUnmountFolder(session.value(), path->c_str()));
    if (code.is_failure()) {
        return detail::call_failure(code, what);
    }
    return {};
}

}  // namespace wslplugins
