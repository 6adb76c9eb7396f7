// SPDX-License-Identifier: MIT
#include "zip_archive.hpp"

#include <array>

namespace wslplugins::tool {
namespace {

// Values of the format's published specification (APPNOTE.TXT).
constexpr std::uint32_t file_signature = 0x04034B50;
constexpr std::uint32_t entry_signature = 0x02014B50;
constexpr std::uint32_t end_signature = 0x06054B50;
constexpr std::uint16_t version_needed = 20;
constexpr std::uint16_t names_are_utf8 = 1 << 11;
constexpr std::uint16_t stored = 0;
constexpr std::uint16_t no_time = 0;
constexpr std::uint16_t first_date = 1 << 5 | 1;  // the first of January 1980

void append(std::string& bytes, std::uint32_t number, int size) {
    for (int i = 0; i < size; ++i) {
        bytes += static_cast<char>(number >> (8 * i));
    }
}

void append_16(std::string& bytes, std::uint16_t number) {
    append(bytes, number, 2);
}

void append_32(std::string& bytes, std::uint32_t number) {
    append(bytes, number, 4);
}

constexpr std::array<std::uint32_t, 256> crc_table = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit) {
            value = (value & 1u) != 0 ? (value >> 1) ^ 0xEDB88320u : value >> 1;
        }
        table[byte] = value;
    }
    return table;
}();

std::uint32_t crc_32(std::string_view content) {
    std::uint32_t value = ~std::uint32_t{0};
    for (const char character : content) {
        value = crc_table[(value ^ static_cast<std::uint8_t>(character)) & 0xFFu] ^ (value >> 8);
    }
    return ~value;
}

/// What both headers of a file have in common.
void append_description(std::string& bytes, std::string_view name, std::string_view content) {
    const auto size = static_cast<std::uint32_t>(content.size());
    append_16(bytes, version_needed);
    append_16(bytes, names_are_utf8);
    append_16(bytes, stored);
    append_16(bytes, no_time);
    append_16(bytes, first_date);
    append_32(bytes, crc_32(content));
    append_32(bytes, size);
    append_32(bytes, size);
    append_16(bytes, static_cast<std::uint16_t>(name.size()));
    append_16(bytes, 0);  // no extra field
}

}  // namespace

void ZipArchive::add(std::string_view name, std::string_view content) {
    const auto offset = static_cast<std::uint32_t>(files_.size());
    append_32(files_, file_signature);
    append_description(files_, name, content);
    files_.append(name).append(content);

    append_32(directory_, entry_signature);
    append_16(directory_, version_needed);  // and made by
    append_description(directory_, name, content);
    append_16(directory_, 0);  // no comment
    append_16(directory_, 0);  // the first disk
    append_16(directory_, 0);  // no internal attributes
    append_32(directory_, 0);  // no external ones
    append_32(directory_, offset);
    directory_.append(name);
    ++count_;
}

std::string ZipArchive::bytes() const {
    std::string bytes = files_ + directory_;
    append_32(bytes, end_signature);
    append_16(bytes, 0);  // this disk
    append_16(bytes, 0);  // the directory's disk
    append_16(bytes, count_);
    append_16(bytes, count_);
    append_32(bytes, static_cast<std::uint32_t>(directory_.size()));
    append_32(bytes, static_cast<std::uint32_t>(files_.size()));
    append_16(bytes, 0);  // no comment
    return bytes;
}

}  // namespace wslplugins::tool
