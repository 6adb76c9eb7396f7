// SPDX-License-Identifier: MIT
/// @file
/// A command line for Linux, said for the Windows build under Wine. Only Linux has this.
#pragma once

#include <wslplugins/core/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace wslplugins::tool {

/// Where a command can be done.
enum class Place : std::uint8_t {
    Here,
    Windows,  ///< It needs the registry, Windows' services or its certificates.
    Either    ///< Windows knows more of it.
};

[[nodiscard]] Place place_of(const CLI::App& command);

/// `Z:\...`, Wine's drive for the whole file system. A path of Windows stays as it is; a relative one is taken from
/// the working folder.
/// @return ERROR_INVALID_NAME for a path with a character that no path of Windows has, or that is no UTF-8.
[[nodiscard]] WinResult<std::string> windows_path_of(std::string_view path);

/// The command's name, and all that was said to it. What is not said and is found elsewhere on Windows, such as the
/// certificate's folder, is said as well.
/// @return as `windows_path_of`.
[[nodiscard]] WinResult<std::vector<std::string>>
words_for_windows(const CLI::App& command, const std::vector<std::string>& trailing_words);

}  // namespace wslplugins::tool
