// SPDX-License-Identifier: MIT
/// @file
/// A whole file as text.
#pragma once

#include <wslplugins/core/result.hpp>

#include <string>
#include <string_view>

namespace wslplugins::testhost {

/// The bytes of the file that the UTF-8 path names.
/// @return ERROR_FILE_NOT_FOUND, or ERROR_READ_FAULT where it could not be read.
[[nodiscard]] WinResult<std::string> read_text_file(std::string_view path);

}  // namespace wslplugins::testhost
