// SPDX-License-Identifier: MIT
/// @file
/// `made_up_digest`: an id of the form that containers and images have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wslplugins::testhost {

/// 64 hex digits that depend on the text alone, so that runs can be compared. It proves nothing about the text.
[[nodiscard]] inline std::string made_up_digest(std::string_view text) {
    constexpr std::uint64_t prime = 0x100000001B3u;  // FNV-1a, four times with different beginnings
    std::string digits;
    for (std::uint64_t part = 0; part < 4; ++part) {
        std::uint64_t hash = 0xCBF29CE484222325u ^ (part * 0x9E3779B97F4A7C15u);
        for (const char c : text) {
            hash = (hash ^ static_cast<unsigned char>(c)) * prime;
        }
        hash = (hash ^ (hash >> 32)) * prime;
        for (int shift = 60; shift >= 0; shift -= 4) {
            digits += "0123456789abcdef"[(hash >> shift) & 0xF];
        }
    }
    return digits;
}

}  // namespace wslplugins::testhost
