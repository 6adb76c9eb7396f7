// SPDX-License-Identifier: MIT
#include "platform/paths.hpp"

#include <algorithm>
#include <cstdlib>
#include <system_error>

namespace wslplugins::platform {

std::filesystem::path path_from_utf8(std::string_view text) {
    return std::filesystem::path(text);
}

std::string utf8_from_path(const std::filesystem::path& path) {
    return path.string();
}

WinResult<std::filesystem::path> executable_path() {
    std::error_code error;
    auto path = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) {
        return failure(HResult::from_errno(error.value()),
                       "Reading /proc/self/exe to find this program failed; is /proc mounted?");
    }
    return path;
}

std::optional<std::string> environment_variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

bool is_wine() noexcept {
    return false;
}

WinResult<std::string> linux_path_of(std::string_view windows_path) {
    if (windows_path.starts_with('/')) {
        return std::string(windows_path);
    }
    const bool has_drive = windows_path.size() >= 2 && windows_path[1] == ':';
    if (!has_drive || (windows_path[0] != 'Z' && windows_path[0] != 'z')) {
        return failure(HResult::path_not_found,
                       "'" + std::string(windows_path) +
                           "' names no folder here: without Wine there is only the drive Z:, which "
                           "is the root, and paths that begin with '/'");
    }
    std::string path(windows_path.substr(2));
    std::ranges::replace(path, '\\', '/');
    return path.starts_with('/') ? path : "/" + path;
}

}  // namespace wslplugins::platform
