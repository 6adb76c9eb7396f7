// SPDX-License-Identifier: MIT
// Offsets and values are those of the PE format's specification.
#include "image/headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace wslplugins::tool {
namespace {

constexpr std::size_t dos_header_size = 64;
constexpr std::size_t file_header_size = 24;  // with the signature before it
constexpr std::size_t section_header_size = 40;
/// Windows loads no image with more.
constexpr std::size_t most_sections = 96;

constexpr std::uint16_t magic_32_bit = 0x10B;
constexpr std::uint16_t magic_64_bit = 0x20B;

/// Where the two forms of the optional header differ.
struct OptionalHeaderForm {
    std::size_t fixed_size;
    std::size_t image_base;
    std::size_t image_base_size;
    std::size_t directory_count;
};
constexpr OptionalHeaderForm form_32_bit{96, 28, 4, 92};
constexpr OptionalHeaderForm form_64_bit{112, 24, 8, 108};

std::unexpected<Error> bad_image(std::string why) {
    return failure(HResult::bad_executable_format, std::move(why));
}

/// The offset of the headers proper, behind the ones for DOS.
std::optional<std::uint64_t> find_file_header(ByteSource& bytes) {
    std::array<std::byte, dos_header_size> dos{};
    if (!bytes.read(0, dos) || number_at<std::uint16_t>(dos, 0) != 0x5A4D) {  // MZ
        return std::nullopt;
    }
    const std::uint64_t offset = number_at<std::uint32_t>(dos, 0x3C);
    std::array<std::byte, 4> signature{};
    if (!bytes.read(offset, signature) || number_at<std::uint32_t>(signature, 0) != 0x4550) {  // PE
        return std::nullopt;
    }
    return offset;
}

void take_directories(Headers& headers, Bytes optional, const OptionalHeaderForm& form) {
    const std::size_t fitting = (optional.size() - form.fixed_size) / 8;
    const std::size_t said = number_at<std::uint32_t>(optional, form.directory_count);
    const std::size_t count = (std::min)({said, fitting, headers.directories.size()});
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = form.fixed_size + 8 * i;
        headers.directories[i] = {number_at<std::uint32_t>(optional, at),
                                  number_at<std::uint32_t>(optional, at + 4)};
    }
}

WinResult<> take_optional_header(Headers& headers, Bytes optional) {
    const std::uint16_t magic =
        optional.size() < 2 ? std::uint16_t{0} : number_at<std::uint16_t>(optional, 0);
    if (magic != magic_32_bit && magic != magic_64_bit) {
        return bad_image(fmt::format("its optional header is of the unknown kind {:#x}", magic));
    }
    headers.is_64_bit = magic == magic_64_bit;
    const OptionalHeaderForm& form = headers.is_64_bit ? form_64_bit : form_32_bit;
    if (optional.size() < form.fixed_size) {
        return bad_image(
            fmt::format("its optional header has {} bytes, not the {} that its kind needs",
                        optional.size(),
                        form.fixed_size));
    }
    headers.image_base = headers.is_64_bit ? number_at<std::uint64_t>(optional, form.image_base)
                                           : number_at<std::uint32_t>(optional, form.image_base);
    headers.image_size = number_at<std::uint32_t>(optional, 56);
    headers.headers_size = number_at<std::uint32_t>(optional, 60);
    headers.subsystem = number_at<std::uint16_t>(optional, 68);
    headers.dll_characteristics = number_at<std::uint16_t>(optional, 70);
    take_directories(headers, optional, form);
    return {};
}

Section section_of(Bytes header) {
    Section section;
    for (std::size_t i = 0; i < 8 && header[i] != std::byte{0}; ++i) {
        section.name += static_cast<char>(header[i]);
    }
    section.virtual_size = number_at<std::uint32_t>(header, 8);
    section.address = number_at<std::uint32_t>(header, 12);
    section.raw_size = number_at<std::uint32_t>(header, 16);
    section.raw_offset = number_at<std::uint32_t>(header, 20);
    section.characteristics = number_at<std::uint32_t>(header, 36);
    return section;
}

WinResult<>
take_sections(Headers& headers, ByteSource& bytes, std::uint64_t offset, std::size_t count) {
    if (count > most_sections) {
        return bad_image(
            fmt::format("it has {} sections, and Windows loads at most {}", count, most_sections));
    }
    for (std::size_t i = 0; i < count; ++i) {
        std::array<std::byte, section_header_size> header{};
        if (!bytes.read(offset + i * header.size(), header)) {
            return bad_image(
                fmt::format("it ends within the header of section {} of {}", i + 1, count));
        }
        headers.sections.push_back(section_of(header));
    }
    return {};
}

}  // namespace

WinResult<Headers> read_headers(ByteSource& bytes) {
    const std::optional<std::uint64_t> start = find_file_header(bytes);
    if (!start) {
        return bad_image("it does not begin as every Windows program and DLL does");
    }
    std::array<std::byte, file_header_size> file_header{};
    if (!bytes.read(*start, file_header)) {
        return bad_image("it ends within its headers");
    }
    Headers headers;
    headers.machine = number_at<std::uint16_t>(file_header, 4);
    headers.link_time = number_at<std::uint32_t>(file_header, 8);
    headers.characteristics = number_at<std::uint16_t>(file_header, 22);
    std::vector<std::byte> optional(number_at<std::uint16_t>(file_header, 20));
    if (!bytes.read(*start + file_header_size, optional)) {
        return bad_image("it ends within its optional header");
    }
    if (WinResult<> taken = take_optional_header(headers, optional); !taken) {
        return propagate(std::move(taken.error()));
    }
    const std::uint64_t sections = *start + file_header_size + optional.size();
    WinResult<> taken =
        take_sections(headers, bytes, sections, number_at<std::uint16_t>(file_header, 6));
    if (!taken) {
        return propagate(std::move(taken.error()));
    }
    return headers;
}

std::string machine_name(std::uint16_t machine) {
    switch (machine) {
        case machine_x64: return "x64";
        case machine_arm64: return "arm64";
        case 0xA641: return "arm64ec";
        case 0xA64E: return "arm64x";
        case 0x014C: return "x86";
        case 0x01C0: return "arm";
        case 0x01C4: return "armnt";
        case 0x0200: return "ia64";
        case 0x0EBC: return "efi-bytecode";
        case 0x5032: return "riscv32";
        case 0x5064: return "riscv64";
        case 0x6232: return "loongarch32";
        case 0x6264: return "loongarch64";
        default: return fmt::format("{:#06x}", machine);
    }
}

}  // namespace wslplugins::tool
