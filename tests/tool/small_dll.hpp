// SPDX-License-Identifier: MIT
/// @file
/// The smallest Windows DLL that a signing program accepts: headers and one section, without code.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace wslplugins::tool::test {

inline constexpr std::uint16_t dll_characteristics = 0x2022;
inline constexpr std::uint16_t program_characteristics = 0x0022;

[[nodiscard]] std::string small_dll(std::uint16_t characteristics = dll_characteristics);

void write_file(const std::filesystem::path& file, std::string_view content);
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// A folder of its own below the system's temporary folder, which is gone with this.
class TemporaryFolder {
public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace wslplugins::tool::test
