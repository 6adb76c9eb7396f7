// SPDX-License-Identifier: MIT
/// @file
/// What `wslplugin inspect` prints for people.
#pragma once

#include "inspect_json.hpp"

namespace wslplugins::tool {

/// Several lines; of long lists the beginning. Nothing in the file can do anything to a terminal.
void print_inspect_text(const Inspected& inspected, std::ostream& output);

/// The lines about a signature, which `verify` prints too.
void print_signature_text(const std::optional<EmbeddedSignature>& signature, std::ostream& output);

}  // namespace wslplugins::tool
