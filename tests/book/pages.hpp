// SPDX-License-Identifier: MIT
/// @file
/// The parts of the book that are made from the code.
#pragma once

#include <map>
#include <string>

namespace wslplugins::tests {

/// Tables by their name, each to stand in a page between `<!-- generated: name -->` and `<!-- end generated -->`.
[[nodiscard]] std::map<std::string, std::string> generated_tables();

/// Whole pages by their path below docs/: one for each finding and for each code.
[[nodiscard]] std::map<std::string, std::string> generated_pages();

}  // namespace wslplugins::tests
