// SPDX-License-Identifier: MIT
#include "fuzz/targets.hpp"

#include <wslplugins/api/sid.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

/// The bytes stand in memory that ends where the SID in them does, so that the sanitizer sees a read behind it.
void wslplugins::fuzz::sid(Bytes input) {
    if (input.size() < 8) {
        return;  // WSL passes no part of a SID
    }
    const std::size_t count = std::to_integer<std::size_t>(input[1]);
    const std::size_t size = std::min(8 + count * 4, OwnedSid::max_size);
    if (input.size() < size) {
        return;
    }
    const auto exact = std::make_unique<std::byte[]>(size);
    std::memcpy(exact.get(), input.data(), size);
    const auto copied = OwnedSid::copy(exact.get());
    const bool is_sid = input[0] == std::byte{1} && count <= 15;
    require(copied.has_value() == is_sid,
            "a SID is of revision 1, with at most 15 sub-authorities");
    if (!copied) {
        return;
    }
    require(copied->size() == size && std::memcmp(copied->raw(), exact.get(), size) == 0,
            "a copy has the bytes");
    const std::string text = to_string(*copied);
    require(text.starts_with("S-1-"), "a printed SID begins with its revision");
    require(static_cast<std::size_t>(std::ranges::count(text, '-')) == 2 + count,
            "a printed SID has each sub-authority");
}
