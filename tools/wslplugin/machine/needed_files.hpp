// SPDX-License-Identifier: MIT
/// @file
/// What a plugin's DLL declares to need of other DLLs, and whether WSL will find it.
#pragma once

#include "machine/registration_guard.hpp"

#include <optional>
#include <string>
#include <vector>

namespace wslplugins::tool {

struct NeededFiles {
    /// What was named, and then what lies beside the DLL and is loaded later, when one of its functions is called
    /// first, and all that this needs and lies there too. Windows' own DLLs are not among it.
    std::vector<std::string> files;
    std::optional<Refusal> refusal;  ///< What could not be loaded; `files` may lack something then.
};

/// WSL loads a plugin without looking beside it: what is needed at once has to be a part of Windows, so that a copy
/// beside the plugin is refused too.
/// @param named full paths: the plugin's DLL, and files that go where it goes.
[[nodiscard]] NeededFiles find_needed_files(std::vector<std::string> named);

}  // namespace wslplugins::tool
