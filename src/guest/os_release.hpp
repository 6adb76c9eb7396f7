// SPDX-License-Identifier: MIT
/// @file
/// What a distribution says of itself in os-release(5).
#pragma once

#include <string>
#include <string_view>

namespace wslplugins::guest {

struct OsRelease {
    std::string id;          ///< ID; empty when there is none.
    std::string version_id;  ///< VERSION_ID; empty when there is none.
};

/// Reads the text of the file: assignments as a shell reads them, quotes and backslashes taken away.
[[nodiscard]] OsRelease parse_os_release(std::string_view text);

/// Reads /etc/os-release of this process's root, or /usr/lib/os-release.
[[nodiscard]] OsRelease read_os_release();

}  // namespace wslplugins::guest
