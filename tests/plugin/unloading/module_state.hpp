// SPDX-License-Identifier: MIT
/// @file
/// Whether a module is loaded, asked of the system.
#pragma once

#include <string>

namespace wslplugins::tests {

[[nodiscard]] bool is_loaded(const std::string& path);

}  // namespace wslplugins::tests
