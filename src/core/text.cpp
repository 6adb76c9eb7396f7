// SPDX-License-Identifier: MIT
#include <wslplugins/core/text.hpp>

#include <cstdint>

namespace wslplugins {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t invalid = 0xFFFFFFFF;

constexpr bool is_high_surrogate(char32_t unit) noexcept {
    return unit >= 0xD800 && unit <= 0xDBFF;
}
constexpr bool is_low_surrogate(char32_t unit) noexcept {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

void append_utf8(std::string& out, char32_t point) {
    const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | (point >> 6));
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

void append_utf16(WideString& out, char32_t point) {
    if (point < 0x10000) {
        out += static_cast<abi::WCHAR>(point);
    } else {
        out += static_cast<abi::WCHAR>(0xD800 + ((point - 0x10000) >> 10));
        out += static_cast<abi::WCHAR>(0xDC00 + ((point - 0x10000) & 0x3FF));
    }
}

/// The code point at `at`, which moves past it; `invalid` for an unpaired surrogate, one unit further.
char32_t next_point(WideStringView text, std::size_t& at) noexcept {
    const char32_t unit = text[at++];
    if (is_high_surrogate(unit) && at < text.size() && is_low_surrogate(text[at])) {
        return 0x10000 + ((unit - 0xD800) << 10) + (char32_t{text[at++]} - 0xDC00);
    }
    return is_high_surrogate(unit) || is_low_surrogate(unit) ? invalid : unit;
}

/// The code point at `at`, which moves past it; `invalid` where the bytes are not well-formed UTF-8.
char32_t next_point(std::string_view text, std::size_t& at) noexcept {
    const auto lead = static_cast<std::uint8_t>(text[at++]);
    if (lead < 0x80) {
        return lead;
    }
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - at < more) {
        return invalid;
    }
    char32_t point = lead & (0x3Fu >> more);
    for (std::size_t i = 0; i < more; ++i) {
        const auto trail = static_cast<std::uint8_t>(text[at++]);
        if ((trail & 0xC0) != 0x80) {
            return invalid;
        }
        point = (point << 6) | (trail & 0x3Fu);
    }
    constexpr char32_t shortest[] = {0, 0x80, 0x800, 0x10000};
    const bool is_scalar = point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
    return point >= shortest[more] && is_scalar ? point : invalid;
}

std::unexpected<Error> not_unicode(std::string_view encoding) {
    return failure(HResult::no_unicode_translation,
                   "A text is not valid " + std::string(encoding) +
                       " and cannot be converted exactly");
}

std::unexpected<Error> embedded_nul() {
    return failure(
        HResult::invalid_argument,
        "A text contains a NUL character, at which WSL would cut it; remove the character");
}

}  // namespace

WinResult<std::string> to_utf8(WideStringView text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_point(text, at);
        if (point == invalid) {
            return not_unicode("UTF-16");
        }
        append_utf8(out, point);
    }
    return out;
}

WinResult<WideString> to_utf16(std::string_view text) {
    WideString out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_point(text, at);
        if (point == invalid) {
            return not_unicode("UTF-8");
        }
        append_utf16(out, point);
    }
    return out;
}

WinResult<WideString> to_utf16_for_wsl(std::string_view text) {
    if (text.contains('\0')) {
        return embedded_nul();
    }
    return to_utf16(text);
}

WinResult<std::string> bytes_for_wsl(std::string_view text) {
    if (text.contains('\0')) {
        return embedded_nul();
    }
    return std::string(text);
}

WinResult<std::optional<std::string>> optional_utf8(const abi::WCHAR* text) {
    if (text == nullptr || *text == 0) {
        return std::nullopt;
    }
    auto converted = to_utf8(text);
    if (!converted) {
        return propagate(std::move(converted.error()));
    }
    return std::move(*converted);
}

std::string to_utf8_lossy(WideStringView text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_point(text, at);
        append_utf8(out, point == invalid ? replacement : point);
    }
    return out;
}

WideString to_utf16_lossy(std::string_view text) {
    WideString out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_point(text, at);
        append_utf16(out, point == invalid ? replacement : point);
    }
    return out;
}

}  // namespace wslplugins
