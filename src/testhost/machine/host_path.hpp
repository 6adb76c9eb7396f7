// SPDX-License-Identifier: MIT
/// @file
/// Files of the machine that runs the test host, named as Windows or as Linux names them.
#pragma once

#include <wslplugins/core/result.hpp>

#include <string>
#include <string_view>

namespace wslplugins::testhost {

/// The Linux path of a folder that a Windows path names. @return ERROR_FILE_NOT_FOUND when there is none.
[[nodiscard]] WinResult<std::string> host_folder(std::string_view windows_path);

/// So too, but a folder that is missing is made, with those above it.
[[nodiscard]] WinResult<std::string> make_host_folder(std::string_view windows_path);

/// Whether a Linux path names a folder, asked natively or from a Windows process under Wine.
[[nodiscard]] bool is_linux_folder(std::string_view linux_path);

/// Whether a Linux path names a file, asked natively or from a Windows process under Wine.
[[nodiscard]] bool is_linux_file(std::string_view linux_path);

}  // namespace wslplugins::testhost
