// SPDX-License-Identifier: MIT
#include "dll_file.hpp"

#include "platform/paths.hpp"

#include <array>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace wslplugins::tool {
namespace {

constexpr HResult directory_not_supported = HResult::from_win32(336);

// Offsets and values of the PE format's specification.
constexpr std::streamoff pe_offset_field = 0x3C;
constexpr std::string_view pe_signature{"PE\0\0", 4};
constexpr std::streamoff machine_field = 4;
constexpr std::streamoff characteristics_field = 22;
constexpr std::uint32_t image_file_dll = 0x2000;

/// A little-endian number of `size` bytes at `offset`; none where the file ends before.
std::optional<std::uint32_t> read_number(std::ifstream& file, std::streamoff offset, int size) {
    std::array<char, 4> bytes{};
    if (!file.seekg(offset) || !file.read(bytes.data(), size)) {
        return std::nullopt;
    }
    std::uint32_t number = 0;
    for (int i = size; i-- > 0;) {
        number = (number << 8) | static_cast<std::uint8_t>(bytes[static_cast<std::size_t>(i)]);
    }
    return number;
}

bool has_bytes(std::ifstream& file, std::streamoff offset, std::string_view bytes) {
    std::string found(bytes.size(), '\0');
    return file.seekg(offset) &&
           file.read(found.data(), static_cast<std::streamsize>(found.size())) && found == bytes;
}

/// The characteristics of a Windows program; none for any other file.
std::optional<std::uint32_t> read_characteristics(std::ifstream& file) {
    if (!has_bytes(file, 0, "MZ")) {
        return std::nullopt;
    }
    const std::optional<std::uint32_t> start = read_number(file, pe_offset_field, 4);
    if (!start || !has_bytes(file, *start, pe_signature)) {
        return std::nullopt;
    }
    return read_number(file, *start + characteristics_field, 2);
}

/// The machine of a Windows program; none for any other file.
std::optional<std::uint32_t> read_machine(std::ifstream& file) {
    const std::optional<std::uint32_t> start = read_number(file, pe_offset_field, 4);
    return start ? read_number(file, *start + machine_field, 2) : std::nullopt;
}

}  // namespace

WinResult<> require_dll(const std::filesystem::path& file) {
    const std::string name = "'" + platform::utf8_from_path(file) + "'";
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status)) {
        return failure(HResult::file_not_found, "There is no file " + name);
    }
    if (std::filesystem::is_directory(status)) {
        return failure(directory_not_supported, name + " is a folder, not a DLL");
    }
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return failure(HResult::access_denied, "Could not open " + name);
    }
    const std::optional<std::uint32_t> characteristics = read_characteristics(stream);
    if (!characteristics) {
        return failure(HResult::bad_executable_format, name + " is not a Windows DLL");
    }
    if ((*characteristics & image_file_dll) == 0) {
        return failure(HResult::bad_executable_format, name + " is a Windows program, not a DLL");
    }
    return {};
}

WinResult<std::uint16_t> machine_of_dll(const std::filesystem::path& file) {
    if (WinResult<> is_dll = require_dll(file); !is_dll) {
        return propagate(is_dll.error());
    }
    std::ifstream stream(file, std::ios::binary);
    const std::optional<std::uint32_t> machine = read_machine(stream);
    if (!machine) {
        return failure(HResult::access_denied,
                       "Could not read '" + platform::utf8_from_path(file) + "' again");
    }
    return static_cast<std::uint16_t>(*machine);
}

}  // namespace wslplugins::tool
