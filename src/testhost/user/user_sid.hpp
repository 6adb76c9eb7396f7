// SPDX-License-Identifier: MIT
/// @file
/// The security identifiers of users of a computer that does not exist.
#pragma once

#include <cstdint>
#include <string_view>

namespace wslplugins::testhost {

/// How Windows lays a SID of five sub-authorities out; the authority is big endian.
struct Sid {
    std::uint8_t revision = 1;
    std::uint8_t sub_authority_count = 5;
    std::uint8_t authority[6] = {0, 0, 0, 0, 0, 5};
    std::uint32_t sub_authorities[5] = {21, 1729384756, 2849506172, 3948572610, 1001};
};
static_assert(sizeof(Sid) == 28);

/// The default user's ends in 1001; any other name, in lower case, has an end of its own, the same in every run.
[[nodiscard]] constexpr Sid user_sid(std::string_view name) noexcept {
    Sid sid;
    if (!name.empty()) {
        std::uint32_t hash = 2166136261u;  // FNV-1a
        for (const char c : name) {
            hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619u;
        }
        sid.sub_authorities[4] = 1002 + hash % 0x3FFFFFFFu;
    }
    return sid;
}

}  // namespace wslplugins::testhost
