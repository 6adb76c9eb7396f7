// SPDX-License-Identifier: MIT
#include "plugin/json_line.hpp"

#include <wslplugins/core/text.hpp>

namespace wslplugins::detail {
namespace {

constexpr std::size_t longest_event = 256;
constexpr std::size_t longest_text = 8 * 1024;

void append_number(std::string& to, int value, std::size_t width) {
    const std::string digits = std::to_string(value);
    to.append(width - (std::min)(width, digits.size()), '0');
    to += digits;
}

/// `2026-11-23T00:59:48.123Z`.
std::string utc(std::chrono::system_clock::time_point time) {
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const auto of_day = floor<milliseconds>(time - day).count();
    std::string text;
    append_number(text, static_cast<int>(date.year()), 4);
    text += '-';
    append_number(text, static_cast<int>(static_cast<unsigned>(date.month())), 2);
    text += '-';
    append_number(text, static_cast<int>(static_cast<unsigned>(date.day())), 2);
    text += 'T';
    append_number(text, static_cast<int>(of_day / 3'600'000), 2);
    text += ':';
    append_number(text, static_cast<int>(of_day / 60'000 % 60), 2);
    text += ':';
    append_number(text, static_cast<int>(of_day / 1'000 % 60), 2);
    text += '.';
    append_number(text, static_cast<int>(of_day % 1'000), 3);
    text += 'Z';
    return text;
}

/// Not within a character of several bytes, so that cutting adds nothing that is no text.
std::string_view beginning_of(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) {
        return text;
    }
    std::size_t end = longest;
    while (end > longest - 4 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end;
    }
    return text.substr(0, end);
}

void append_quoted(std::string& to, std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    to += '"';
    for (const char character : to_utf8_lossy(to_utf16_lossy(text))) {
        const auto byte = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            to += '\\';
            to += character;
        } else if (character == '\n') {
            to += "\\n";
        } else if (byte < 0x20 || byte == 0x7F) {
            to += "\\u00";
            to += digits[byte >> 4];
            to += digits[byte & 0xF];
        } else {
            to += character;
        }
    }
    to += '"';
}

}  // namespace

std::string begun_json_line(std::chrono::system_clock::time_point time, const LogRecord& record) {
    const std::string_view text = beginning_of(record.text, longest_text);
    std::string line = "{\"time\":\"" + utc(time) + "\",\"level\":\"";
    line += name_of(record.level);
    line += "\",\"event\":";
    append_quoted(line, beginning_of(record.event, longest_event));
    line += ",\"text\":";
    append_quoted(line, text);
    if (text.size() != record.text.size()) {
        line += ",\"cut\":" + std::to_string(record.text.size());
    }
    return line;
}

std::string finished_json_line(std::string begun, std::uint64_t dropped) {
    if (dropped != 0) {
        begun += ",\"dropped\":" + std::to_string(dropped);
    }
    begun += "}\n";
    return begun;
}

}  // namespace wslplugins::detail
