// SPDX-License-Identifier: MIT
#include "testhost/machine/host_path.hpp"

#include "platform/paths.hpp"

#include <system_error>

namespace wslplugins::testhost {
namespace {

/// A Linux path as this process can open it. Wine has the Linux root as drive Z.
std::filesystem::path openable(std::string_view linux_path) {
    return platform::path_from_utf8(platform::is_wine() ? "Z:" + std::string(linux_path)
                                                        : std::string(linux_path));
}

}  // namespace

WinResult<std::string> host_folder(std::string_view windows_path) {
    auto linux_path = platform::linux_path_of(windows_path);
    if (!linux_path || !is_linux_folder(*linux_path)) {
        return failure(HResult::file_not_found,
                       "'" + std::string(windows_path) + "' is not a folder of this computer");
    }
    return linux_path;
}

WinResult<std::string> make_host_folder(std::string_view windows_path) {
    auto linux_path = platform::linux_path_of(windows_path);
    std::error_code error;
    if (linux_path) {
        std::filesystem::create_directories(openable(*linux_path), error);
    }
    return host_folder(windows_path);
}

bool is_linux_folder(std::string_view linux_path) {
    std::error_code error;
    return std::filesystem::is_directory(openable(linux_path), error);
}

bool is_linux_file(std::string_view linux_path) {
    std::error_code error;
    return std::filesystem::is_regular_file(openable(linux_path), error);
}

}  // namespace wslplugins::testhost
