// SPDX-License-Identifier: MIT
/// @file
/// The copy of a plugin that `install` makes.
#pragma once

#include "machine/record_keeper.hpp"

#include <string>
#include <vector>

namespace wslplugins::tool {

struct InstalledCopy {
    std::string folder;
    std::string dll;
};

/// Copies the files into a folder of their own that only administrators can change; the first is the plugin. Until a
/// change keeps the folder, it counts as one to be removed.
/// @return also ERROR_ALREADY_EXISTS for two files of one name.
[[nodiscard]] WinResult<InstalledCopy> make_installed_copy(RecordKeeper& keeper,
                                                           const std::string& name,
                                                           const std::vector<std::string>& files);

}  // namespace wslplugins::tool
