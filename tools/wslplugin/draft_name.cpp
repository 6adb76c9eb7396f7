// SPDX-License-Identifier: MIT
#include "draft_name.hpp"

#include "platform/random.hpp"

#include <array>

namespace wslplugins::tool {
namespace {

constexpr std::string_view prefix = ".wslplugin-draft-";

}  // namespace

WinResult<std::string> draft_name() {
    std::array<std::byte, 8> bytes{};
    if (WinResult<> filled = platform::fill_random(bytes); !filled) {
        return propagate(filled.error());
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string name(prefix);
    for (const std::byte byte : bytes) {
        const auto value = std::to_integer<std::size_t>(byte);
        name += digits[value >> 4];
        name += digits[value & 15];
    }
    return name;
}

bool is_draft_name(std::string_view name) noexcept {
    return name.starts_with(prefix);
}

}  // namespace wslplugins::tool
