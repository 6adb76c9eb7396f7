// SPDX-License-Identifier: MIT
// Apart from guid.cpp: a plugin that prints GUIDs and parses none does not carry this.
#include <wslplugins/core/guid.hpp>

namespace wslplugins {
namespace {

constexpr std::size_t dashed_length = 36;
constexpr std::size_t plain_length = 32;

constexpr bool is_dash_position(std::size_t at) noexcept {
    return at == 8 || at == 13 || at == 18 || at == 23;
}

int digit_value(char digit) noexcept {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    if (digit >= 'A' && digit <= 'F') {
        return digit - 'A' + 10;
    }
    return -1;
}

}  // namespace

WinResult<Guid> Guid::parse(std::string_view text) {
    const auto refused = [&] {
        return failure(HResult::invalid_argument, "'" + std::string(text) + "' is not a GUID");
    };
    std::string_view body = text;
    if (body.size() == dashed_length + 2 && body.front() == '{' && body.back() == '}') {
        body = body.substr(1, dashed_length);
    } else if (body.size() != dashed_length && body.size() != plain_length) {
        return refused();
    }
    const bool dashed = body.size() == dashed_length;
    Guid guid;
    std::size_t digits = 0;
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (dashed && is_dash_position(i)) {
            if (body[i] != '-') {
                return refused();
            }
            continue;
        }
        const int value = digit_value(body[i]);
        if (value < 0) {
            return refused();
        }
        std::uint8_t& byte = guid.bytes_[digits / 2];
        byte = static_cast<std::uint8_t>((byte << 4) | value);
        ++digits;
    }
    return guid;
}

}  // namespace wslplugins
