// SPDX-License-Identifier: MIT
#include <wslplugins/api/api.hpp>

#include "api/call_failure.hpp"

#include <wslplugins/core/text.hpp>

namespace wslplugins {
namespace {

std::unexpected<Error> refused(const std::string& what, std::string_view why) {
    return failure(HResult::invalid_argument, what + " was not tried: " + std::string(why));
}

}  // namespace

WinResult<> Api::mount_folder(SessionId session, const FolderMount& mount) const {
    const std::string what = "Mounting '" + mount.windows_path + "' at '" + mount.linux_path + "'";
    if (mount.windows_path.empty() || mount.name.empty()) {
        return refused(what, "it needs a Windows path and a name");
    }
    if (!mount.linux_path.starts_with('/')) {
        return refused(what, "the Linux path must be absolute");
    }
    const auto windows_path = to_utf16_for_wsl(mount.windows_path);
    const auto linux_path = to_utf16_for_wsl(mount.linux_path);
    const auto name = to_utf16_for_wsl(mount.name);
    for (const auto* text : {&windows_path, &linux_path, &name}) {
        if (!*text) {
            return failure(text->error().code(), what + " was not tried. " + text->error().text());
        }
    }
    const abi::BOOL read_only = mount.access == FolderAccess::ReadOnly ? 1 : 0;
    const HResult code(raw_->MountFolder(
        session.value(), windows_path->c_str(), linux_path->c_str(), read_only, name->c_str()));
    if (code.is_failure()) {
        return detail::call_failure(code, what);
    }
    return {};
}

}  // namespace wslplugins
