// SPDX-License-Identifier: MIT
/// @file
/// Writing a file that the user has named.
#pragma once

#include <wslplugins/core/result.hpp>

#include <string>

namespace wslplugins::tool {

/// Writes a file of its own, in place of an older one. The path is UTF-8.
/// @return ERROR_WRITE_FAULT where it could not be written whole.
[[nodiscard]] WinResult<> write_output_file(const std::string& path, const std::string& content);

}  // namespace wslplugins::tool
