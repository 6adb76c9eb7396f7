// SPDX-License-Identifier: MIT
#include "tool/small_dll.hpp"

#include "draft_name.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace wslplugins::tool::test {
namespace {

void put(std::string& bytes, std::size_t offset, std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) {
        bytes[offset + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * i));
    }
}

}  // namespace

std::string small_dll(std::uint16_t characteristics) {
    constexpr std::size_t pe = 0x40;
    constexpr std::size_t optional = pe + 24;
    constexpr std::size_t section = optional + 240;
    std::string bytes(0x400, '\0');
    bytes.replace(0, 2, "MZ");
    put(bytes, 0x3C, pe, 4);
    bytes.replace(pe, 2, "PE");
    put(bytes, pe + 4, 0x8664, 2);
    put(bytes, pe + 6, 1, 2);     // sections
    put(bytes, pe + 20, 240, 2);  // size of the optional header
    put(bytes, pe + 22, characteristics, 2);
    put(bytes, optional, 0x20B, 2);
    put(bytes, optional + 24, 0x180000000, 8);  // image base
    put(bytes, optional + 32, 0x1000, 4);       // section alignment
    put(bytes, optional + 36, 0x200, 4);        // file alignment
    put(bytes, optional + 48, 6, 2);            // subsystem version
    put(bytes, optional + 56, 0x2000, 4);       // size of image
    put(bytes, optional + 60, 0x200, 4);        // size of headers
    put(bytes, optional + 68, 3, 2);            // subsystem
    put(bytes, optional + 108, 16, 4);          // data directories
    bytes.replace(section, 5, ".text");
    put(bytes, section + 8, 0x10, 4);         // virtual size
    put(bytes, section + 12, 0x1000, 4);      // virtual address
    put(bytes, section + 16, 0x200, 4);       // raw size
    put(bytes, section + 20, 0x200, 4);       // raw offset
    put(bytes, section + 36, 0x60000020, 4);  // code, executable, readable
    return bytes;
}

void write_file(const std::filesystem::path& file, std::string_view content) {
    std::ofstream stream(file, std::ios::binary);
    stream << content;
    if (!stream.flush()) {
        throw std::runtime_error("Could not write " + file.string());
    }
}

std::string read_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

TemporaryFolder::TemporaryFolder()
    : path_(std::filesystem::temp_directory_path() / ("wslplugins-test" + draft_name().value())) {
    std::filesystem::create_directory(path_);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
}

}  // namespace wslplugins::tool::test
