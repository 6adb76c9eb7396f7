// SPDX-License-Identifier: MIT
#include "plugin/record/section_reader.hpp"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>
#include <stdexcept>

namespace wslplugins::test {
namespace {

class File {
public:
    explicit File(const std::string& path) {
        std::ifstream stream(path, std::ios::binary);
        const std::string all((std::istreambuf_iterator<char>(stream)), {});
        const auto bytes = std::as_bytes(std::span(all));
        bytes_.assign(bytes.begin(), bytes.end());
    }

    [[nodiscard]] std::vector<std::byte> cut(std::size_t at, std::size_t size) const {
        if (at > bytes_.size() || size > bytes_.size() - at) {
            throw std::out_of_range("the file ends too early");
        }
        const auto begin = bytes_.begin() + static_cast<std::ptrdiff_t>(at);
        return {begin, begin + static_cast<std::ptrdiff_t>(size)};
    }

    template <class T>
    [[nodiscard]] T number(std::size_t at) const {
        T value;
        std::memcpy(&value, cut(at, sizeof value).data(), sizeof value);
        return value;
    }

    /// Text up to the first NUL, at most `most` bytes.
    [[nodiscard]] std::string name(std::size_t at, std::size_t most) const {
        std::string text;
        for (std::size_t i = 0; i < most && number<char>(at + i) != '\0'; ++i) {
            text += number<char>(at + i);
        }
        return text;
    }

private:
    std::vector<std::byte> bytes_;
};

std::vector<Section> of_pe(const File& file, std::string_view name) {
    const std::size_t header = file.number<std::uint32_t>(0x3C);
    const std::size_t table = header + 24 + file.number<std::uint16_t>(header + 20);
    std::vector<Section> found;
    for (std::size_t i = 0; i < file.number<std::uint16_t>(header + 6); ++i) {
        const std::size_t row = table + i * 40;
        if (file.name(row, 8) == name) {
            const auto size = file.number<std::uint32_t>(row + 16);
            const bool writable = (file.number<std::uint32_t>(row + 36) & 0x80000000u) != 0;
            found.push_back({file.cut(file.number<std::uint32_t>(row + 20), size), writable});
        }
    }
    return found;
}

std::vector<Section> of_elf(const File& file, std::string_view name) {
    const std::size_t table = file.number<std::uint64_t>(0x28);
    const auto row = [&](std::size_t index) { return table + index * 64; };
    const std::size_t names =
        file.number<std::uint64_t>(row(file.number<std::uint16_t>(0x3E)) + 0x18);
    std::vector<Section> found;
    for (std::size_t i = 0; i < file.number<std::uint16_t>(0x3C); ++i) {
        if (file.name(names + file.number<std::uint32_t>(row(i)), 64) == name) {
            const std::size_t at = file.number<std::uint64_t>(row(i) + 0x18);
            const bool writable = (file.number<std::uint64_t>(row(i) + 0x08) & 1u) != 0;
            found.push_back({file.cut(at, file.number<std::uint64_t>(row(i) + 0x20)), writable});
        }
    }
    return found;
}

}  // namespace

std::vector<Section> read_sections(const std::string& path, std::string_view name) {
    const File file(path);
    const bool is_pe = file.number<std::uint16_t>(0) == 0x5A4D;
    return is_pe ? of_pe(file, name) : of_elf(file, name);
}

}  // namespace wslplugins::test
