// SPDX-License-Identifier: MIT
#include "image/der.hpp"

#include <wslplugins/core/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace wslplugins::tool {
namespace {

constexpr std::uint8_t long_tag = 0x1F;
constexpr std::uint8_t long_length = 0x80;

std::uint8_t byte_at(Bytes bytes, std::size_t offset) noexcept {
    return static_cast<std::uint8_t>(bytes[offset]);
}

/// Splits the first value off; an empty one where the bytes do not hold a whole one.
DerValue first_value(Bytes bytes) noexcept {
    if (bytes.size() < 2 || (byte_at(bytes, 0) & long_tag) == long_tag) {
        return {};
    }
    std::size_t header = 2;
    std::size_t length = byte_at(bytes, 1);
    if (length >= long_length) {
        const std::size_t count = length - long_length;
        if (count == 0 || count > 4 || bytes.size() < header + count) {
            return {};
        }
        length = 0;
        for (std::size_t i = 0; i < count; ++i) {
            length = (length << 8) | byte_at(bytes, header + i);
        }
        header += count;
    }
    if (length > bytes.size() - header) {
        return {};
    }
    return {byte_at(bytes, 0), bytes.subspan(header, length), bytes.first(header + length)};
}

std::string text_of(const DerValue& value) {
    const std::string bytes(reinterpret_cast<const char*>(value.content.data()),
                            value.content.size());
    WideString wide;
    if (value.is(DerTag::WideString)) {
        for (std::size_t i = 0; i + 1 < value.content.size(); i += 2) {
            wide += static_cast<abi::WCHAR>((byte_at(value.content, i) << 8) |
                                            byte_at(value.content, i + 1));
        }
        return to_utf8_lossy(wide);
    }
    if (value.is(DerTag::Latin1String)) {
        for (const std::byte each : value.content) {
            wide += static_cast<abi::WCHAR>(each);
        }
        return to_utf8_lossy(wide);
    }
    return to_utf8_lossy(to_utf16_lossy(bytes));
}

/// The short name of an attribute of a name, as certificates' viewers print it; else its number.
std::string attribute_name(const std::string& identifier) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> names{
        {{"2.5.4.3", "CN"},
         {"2.5.4.4", "SN"},
         {"2.5.4.5", "serialNumber"},
         {"2.5.4.6", "C"},
         {"2.5.4.7", "L"},
         {"2.5.4.8", "ST"},
         {"2.5.4.9", "street"},
         {"2.5.4.10", "O"},
         {"2.5.4.11", "OU"},
         {"1.2.840.113549.1.9.1", "emailAddress"},
         {"0.9.2342.19200300.100.1.25", "DC"}}};
    const auto found =
        std::ranges::find(names, identifier, [](const auto& each) { return each.first; });
    return found == names.end() ? identifier : std::string(found->second);
}

}  // namespace

DerValue DerReader::take() noexcept {
    const DerValue value = first_value(rest_);
    rest_ = value.whole.empty() ? Bytes{} : rest_.subspan(value.whole.size());
    return value;
}

DerValue DerReader::take(DerTag tag) noexcept {
    const DerValue value = first_value(rest_);
    if (value.whole.empty() || !value.is(tag)) {
        return {};
    }
    rest_ = rest_.subspan(value.whole.size());
    return value;
}

std::string object_identifier(const DerValue& value) {
    std::string text;
    std::uint64_t number = 0;
    for (const std::byte each : value.is(DerTag::ObjectIdentifier) ? value.content : Bytes{}) {
        if (number >> 56 != 0) {
            return {};
        }
        number = (number << 7) | (static_cast<std::uint8_t>(each) & 0x7Fu);
        if ((each & std::byte{0x80}) != std::byte{0}) {
            continue;
        }
        if (text.empty()) {
            // The first byte holds two numbers.
            const std::uint64_t first = (std::min)(number / 40, std::uint64_t{2});
            text = std::to_string(first) + '.' + std::to_string(number - 40 * first);
        } else {
            text += '.' + std::to_string(number);
        }
        number = 0;
    }
    return text;
}

std::string hexadecimal(Bytes bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const std::byte each : bytes) {
        text += digits[static_cast<std::size_t>(each >> 4)];
        text += digits[static_cast<std::size_t>(each & std::byte{0x0F})];
    }
    return text;
}

std::string distinguished_name(const DerValue& name) {
    std::string text;
    for (DerReader parts(name); !parts.is_at_end();) {
        for (DerReader attributes(parts.take()); !attributes.is_at_end();) {
            DerReader attribute(attributes.take());
            const std::string identifier = object_identifier(attribute.take());
            text += text.empty() ? "" : ", ";
            text += attribute_name(identifier) + '=' + text_of(attribute.take());
        }
    }
    return text;
}

std::string time_text(const DerValue& time) {
    std::string digits(reinterpret_cast<const char*>(time.content.data()), time.content.size());
    if (time.is(DerTag::UtcTime) && digits.size() >= 2) {
        // Two digits of the year: from 1950 to 2049.
        digits.insert(0, digits[0] >= '5' ? "19" : "20");
    } else if (!time.is(DerTag::GeneralizedTime)) {
        return {};
    }
    constexpr std::size_t to_the_second = 14;
    const auto is_digit = [](char character) { return character >= '0' && character <= '9'; };
    if (digits.size() < to_the_second || digits.back() != 'Z' ||
        !std::all_of(digits.begin(), digits.begin() + to_the_second, is_digit)) {
        return {};
    }
    return digits.substr(0, 4) + '-' + digits.substr(4, 2) + '-' + digits.substr(6, 2) + 'T' +
           digits.substr(8, 2) + ':' + digits.substr(10, 2) + ':' + digits.substr(12, 2) + 'Z';
}

}  // namespace wslplugins::tool
