// SPDX-License-Identifier: MIT
/// @file
/// What `doctor --bundle` writes: all that helps somebody else to see what is wrong, and nothing secret.
#pragma once

#include "machine/diagnosis.hpp"
#include "redaction.hpp"

#include <string>

namespace wslplugins::tool {

/// The bytes of a .zip file. Reads the plugins' files, and nothing else of the computer but its version.
///
/// Every text goes through `redaction`. What would hide a text from it is left out: the registry's values and the
/// certificates as bytes. Nothing of the environment, of keys or of certificate folders is ever read.
[[nodiscard]] std::string support_bundle(const std::vector<Diagnosed>& found,
                                         const Survey& survey,
                                         const Redaction& redaction);

}  // namespace wslplugins::tool
