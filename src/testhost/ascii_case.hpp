// SPDX-License-Identifier: MIT
/// @file
/// Text without regard to case, as the C runtime's `_wcsicmp` sees it in the locale that a service runs in: of
/// ASCII letters only.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace wslplugins::testhost {

[[nodiscard]] inline std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lower;
}

}  // namespace wslplugins::testhost
