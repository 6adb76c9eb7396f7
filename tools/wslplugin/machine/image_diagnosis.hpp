// SPDX-License-Identifier: MIT
/// @file
/// What a registered plugin's file says that is wrong: what `inspect` finds in it, and what this computer's WSL makes
/// of it. Reads the file, loads nothing.
#pragma once

#include "machine/diagnosis.hpp"

namespace wslplugins::tool {

/// Errors and warnings; `inspect` has the notes besides.
/// @param wsl_version none where it is not known.
[[nodiscard]] std::vector<Diagnosed> diagnose_image(const SurveyedPlugin& plugin,
                                                    const std::optional<Version>& wsl_version);

}  // namespace wslplugins::tool
