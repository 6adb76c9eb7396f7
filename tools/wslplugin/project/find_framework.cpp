// SPDX-License-Identifier: MIT
#include "project/find_framework.hpp"

#include "platform/error_code.hpp"
#include "platform/paths.hpp"

#include <system_error>

namespace wslplugins::tool {

namespace fs = std::filesystem;

bool is_framework(const fs::path& folder) {
    std::error_code error;
    return fs::is_regular_file(folder / "include" / "wslplugins" / "wslplugins.hpp", error);
}

std::optional<fs::path> find_framework() {
    const WinResult<fs::path> program = platform::executable_path();
    if (!program) {
        return std::nullopt;
    }
    for (fs::path folder = program->parent_path(); folder.has_relative_path();
         folder = folder.parent_path()) {
        if (is_framework(folder)) {
            return folder;
        }
    }
    return std::nullopt;
}

WinResult<std::string> cmake_path_of(const fs::path& folder) {
    std::error_code error;
    const fs::path whole = fs::canonical(folder, error);
    if (error) {
        return failure(platform::hresult_of(error),
                       "Could not find '" + platform::utf8_from_path(folder) + "'");
    }
    if (platform::is_wine()) {
        return platform::linux_path_of(platform::utf8_from_path(whole));
    }
    std::string text = platform::utf8_from_path(whole);
    for (char& character : text) {
        if (fs::path::preferred_separator == '\\' && character == '\\') {
            character = '/';
        }
    }
    return text;
}

}  // namespace wslplugins::tool
