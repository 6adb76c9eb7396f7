// SPDX-License-Identifier: MIT
/// @file
/// Reads a section from a PE or ELF file, for 64-bit little-endian machines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::test {

struct Section {
    std::vector<std::byte> bytes;
    bool is_writable = false;
};

/// Every section of that name. Throws std::out_of_range for a file that is neither or is cut.
[[nodiscard]] std::vector<Section> read_sections(const std::string& file, std::string_view name);

}  // namespace wslplugins::test
