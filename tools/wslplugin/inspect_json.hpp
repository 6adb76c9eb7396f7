// SPDX-License-Identifier: MIT
/// @file
/// What `wslplugin inspect --json` prints. docs/inspect.md describes it.
#pragma once

#include "image/facts.hpp"

#include <ostream>

namespace wslplugins::tool {

/// A file that was inspected. Only the image's long lists are read again while it is printed.
struct Inspected {
    std::string name;
    std::uint64_t size = 0;
    const Image* image = nullptr;  ///< Null for a file that is no Windows program or DLL at all.
    const ImageFacts* facts = nullptr;  ///< Null then, too.
    std::vector<ImageFinding> findings;
};

/// One object on one line. The lists are written as they are read: none is ever held.
void print_inspect_json(const Inspected& inspected, std::ostream& output);

}  // namespace wslplugins::tool
