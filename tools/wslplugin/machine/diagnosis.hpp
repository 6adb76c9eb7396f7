// SPDX-License-Identifier: MIT
/// @file
/// What is wrong with the plugins of this computer.
#pragma once

#include "machine/plugin_survey.hpp"

#include <wslplugins/findings/finding.hpp>

#include <string>
#include <vector>

namespace wslplugins::tool {

/// A finding, and what it was found on.
struct Diagnosed {
    const findings::Finding* finding = nullptr;  ///< Of the findings' own table.
    std::string plugin;                          ///< Its name; empty for the computer as a whole.
    std::string detail;                          ///< A path, a code, a name.
};

/// Of every plugin, in the registry's order, and then of the computer.
[[nodiscard]] std::vector<Diagnosed> diagnose(const Survey& survey);

}  // namespace wslplugins::tool
