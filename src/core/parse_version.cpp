// SPDX-License-Identifier: MIT
// Apart from version.cpp: a plugin that prints versions and parses none does not carry this.
#include <wslplugins/core/version.hpp>

#include <charconv>

namespace wslplugins {

WinResult<Version> Version::parse(std::string_view text) {
    Version version;
    std::uint32_t* const parts[] = {&version.major, &version.minor, &version.revision};
    const char* at = text.data();
    const char* const end = at + text.size();
    for (std::uint32_t* const part : parts) {
        const auto [next, status] = std::from_chars(at, end, *part);
        if (status != std::errc{}) {
            break;
        }
        if (next == end) {
            return version;
        }
        if (*next != '.') {
            break;
        }
        at = next + 1;
    }
    return failure(HResult::invalid_argument,
                   "'" + std::string(text) + "' is not a WSL version such as 2.4.4");
}

}  // namespace wslplugins
