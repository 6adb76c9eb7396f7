// SPDX-License-Identifier: MIT
/// @file
/// The DLL, shared object or program that this code was linked into.
#pragma once

#include <string>

namespace wslplugins::platform {

/// Its file's name without folder and extension, UTF-8; empty where the system cannot say.
[[nodiscard]] std::string this_module_name();

}  // namespace wslplugins::platform
