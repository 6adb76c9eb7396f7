// SPDX-License-Identifier: MIT
/// @file
/// `Headers`: what stands at the beginning of every Windows program and DLL (the PE format's headers).
#pragma once

#include "image/byte_source.hpp"

#include <array>
#include <string>

namespace wslplugins::tool {

/// A part of the image: where it lies in the file, and where in memory. Addresses are relative to the image's base.
struct Section {
    std::string name;
    std::uint32_t virtual_size = 0;
    std::uint32_t address = 0;
    std::uint32_t raw_size = 0;
    std::uint32_t raw_offset = 0;
    std::uint32_t characteristics = 0;

    [[nodiscard]] bool is_readable() const noexcept { return (characteristics & 0x40000000) != 0; }
    [[nodiscard]] bool is_writable() const noexcept { return (characteristics & 0x80000000) != 0; }
    [[nodiscard]] bool is_executable() const noexcept {
        return (characteristics & 0x20000000) != 0;
    }
};

/// Where a table lies; an address of 0 stands for none.
struct Directory {
    std::uint32_t address = 0;
    std::uint32_t size = 0;
};

enum class Table : std::uint8_t {
    Export = 0,
    Import = 1,
    Resource = 2,
    Certificate = 4,  ///< Its address is an offset in the file.
    Relocation = 5,
    DelayImport = 13
};

enum class ImageFlag : std::uint16_t { RelocationsStripped = 0x0001, Dll = 0x2000 };

enum class DllFlag : std::uint16_t {
    HighEntropy = 0x0020,
    DynamicBase = 0x0040,
    ForceIntegrity = 0x0080,
    NxCompatible = 0x0100,
    GuardCf = 0x4000
};

inline constexpr std::uint16_t machine_x64 = 0x8664;
inline constexpr std::uint16_t machine_arm64 = 0xAA64;

struct Headers {
    std::uint16_t machine = 0;
    std::uint16_t characteristics = 0;
    std::uint16_t dll_characteristics = 0;
    std::uint16_t subsystem = 0;
    bool is_64_bit = false;
    std::uint32_t link_time = 0;
    std::uint32_t image_size = 0;
    std::uint32_t headers_size = 0;
    std::uint64_t image_base = 0;
    std::array<Directory, 16> directories{};
    std::vector<Section> sections;

    [[nodiscard]] bool has(ImageFlag flag) const noexcept {
        return (characteristics & static_cast<std::uint16_t>(flag)) != 0;
    }
    [[nodiscard]] bool has(DllFlag flag) const noexcept {
        return (dll_characteristics & static_cast<std::uint16_t>(flag)) != 0;
    }
    [[nodiscard]] const Directory& directory(Table table) const noexcept {
        return directories[static_cast<std::size_t>(table)];
    }
};

/// @return ERROR_BAD_EXE_FORMAT with the reason for a file whose headers the loader would refuse too.
[[nodiscard]] WinResult<Headers> read_headers(ByteSource& bytes);

/// "x64", "arm64", "x86", ..., or the number in hex.
[[nodiscard]] std::string machine_name(std::uint16_t machine);

}  // namespace wslplugins::tool
