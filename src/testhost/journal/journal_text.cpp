// SPDX-License-Identifier: MIT
#include "testhost/journal/journal_text.hpp"

#include <wslplugins/core/text.hpp>

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace wslplugins::testhost {
namespace {

constexpr std::size_t longest_character = 4;

/// Bytes of the character that the text begins with; 0 where it begins with none.
std::size_t character_length(std::string_view text) {
    for (std::size_t length = 1; length <= (std::min)(longest_character, text.size()); ++length) {
        if (is_utf8(text.substr(0, length))) {
            return length;
        }
    }
    return 0;
}

std::string hex_escape(char byte) {
    return fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
}

bool is_continuation(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u;
}

}  // namespace

std::string_view cut_text(std::string_view text, std::size_t limit) noexcept {
    if (text.size() <= limit) {
        return text;
    }
    std::size_t end = limit;
    while (end > 0 && limit - end < longest_character && is_continuation(text[end])) {
        --end;
    }
    return text.substr(0, end);
}

bool is_utf8(std::string_view text) noexcept {
    return to_utf16(text).has_value();
}

std::string escape_bytes(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        if (length == 0) {
            out += hex_escape(text.front());
        } else if (text.front() == '\\') {
            out += "\\\\";
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix((std::max)(length, std::size_t{1}));
    }
    return out;
}

std::string escape_controls(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        switch (byte) {
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default: {
                const auto code = static_cast<unsigned char>(byte);
                out += code < 0x20u || code == 0x7Fu ? hex_escape(byte) : std::string(1, byte);
            }
        }
    }
    return out;
}

std::string one_line(std::string_view bytes) {
    return escape_controls(is_utf8(bytes) ? std::string(bytes) : escape_bytes(bytes));
}

std::string list_text(const std::vector<std::string>& items) {
    auto list = nlohmann::json::array();
    for (const std::string& item : items) {
        list.push_back(is_utf8(item) ? item : escape_bytes(item));
    }
    return list.dump();
}

}  // namespace wslplugins::testhost
