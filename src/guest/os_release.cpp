// SPDX-License-Identifier: MIT
#include "guest/os_release.hpp"

#include <fstream>
#include <sstream>

namespace wslplugins::guest {
namespace {

/// Far longer than any; a plugin gets the value as one text.
constexpr std::size_t longest_value = 256;

std::string unquoted(std::string_view value) {
    std::string plain;
    char quote = 0;
    for (std::size_t i = 0; i < value.size() && plain.size() < longest_value; ++i) {
        const char c = value[i];
        if (c == '\\' && quote != '\'' && i + 1 < value.size()) {
            plain += value[++i];
        } else if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
        } else if (c == quote && quote != 0) {
            quote = 0;
        } else {
            plain += c;
        }
    }
    return plain;
}

}  // namespace

OsRelease parse_os_release(std::string_view text) {
    OsRelease release;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.starts_with("ID=")) {
            release.id = unquoted(line.substr(3));
        } else if (line.starts_with("VERSION_ID=")) {
            release.version_id = unquoted(line.substr(11));
        }
    }
    return release;
}

OsRelease read_os_release() {
    for (const char* const path : {"/etc/os-release", "/usr/lib/os-release"}) {
        const std::ifstream file(path);
        std::ostringstream text;
        text << file.rdbuf();  // adds nothing where it cannot be read, as a folder of that name
        if (!text.view().empty()) {
            return parse_os_release(text.view());
        }
    }
    return {};
}

}  // namespace wslplugins::guest
