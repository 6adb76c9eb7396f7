// SPDX-License-Identifier: MIT
#include "machine/same_file.hpp"

#include "platform/paths.hpp"

#include <algorithm>

namespace wslplugins::tool {
namespace {

char lower(char letter) noexcept {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

bool same_text(std::string_view left, std::string_view right) noexcept {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
        return lower(a) == lower(b);
    });
}

bool same_file(std::string_view left, std::string_view right) {
    std::error_code error;
    return same_text(left, right) || std::filesystem::equivalent(platform::path_from_utf8(left),
                                                                 platform::path_from_utf8(right),
                                                                 error);
}

}  // namespace wslplugins::tool
