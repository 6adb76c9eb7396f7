// SPDX-License-Identifier: MIT
/// @file
/// `ByteSource`: bytes that can be read from any place, of a file or of memory. What reads a DLL asks for the few that
/// it needs, so that the size of the file does not matter.
#pragma once

#include <wslplugins/core/result.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <vector>

namespace wslplugins::tool {

using Bytes = std::span<const std::byte>;

class ByteSource {
public:
    ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;
    virtual ~ByteSource() = default;

    [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;

    /// @return false when they do not all lie within, or cannot be read; `into` then holds anything.
    [[nodiscard]] virtual bool read(std::uint64_t offset, std::span<std::byte> into) = 0;
};

/// Bytes that somebody else keeps.
class MemoryBytes final : public ByteSource {
public:
    explicit MemoryBytes(Bytes bytes) noexcept : bytes_(bytes) {}

    [[nodiscard]] std::uint64_t size() const noexcept override { return bytes_.size(); }
    [[nodiscard]] bool read(std::uint64_t offset, std::span<std::byte> into) override;

private:
    Bytes bytes_;
};

/// A file, of which 16 KiB are held. One that shrinks meanwhile is a failed read.
class FileBytes final : public ByteSource {
public:
    explicit FileBytes(const std::filesystem::path& file);

    /// @return ERROR_FILE_NOT_FOUND when there is no such file, ERROR_DIRECTORY_NOT_SUPPORTED for a folder,
    ///         ERROR_NOT_SUPPORTED for a device or a pipe, E_ACCESSDENIED when it cannot be opened.
    [[nodiscard]] WinResult<> opened() const;

    [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
    [[nodiscard]] bool read(std::uint64_t offset, std::span<std::byte> into) override;

private:
    [[nodiscard]] bool read_file(std::uint64_t offset, std::span<std::byte> into);
    [[nodiscard]] bool move_window(std::uint64_t offset);

    std::filesystem::path file_;
    std::filesystem::file_status status_;
    std::ifstream stream_;
    std::uint64_t size_ = 0;
    std::vector<std::byte> window_;
    std::uint64_t window_offset_ = 0;
};

/// The little-endian number at `offset`, which must lie within with all its bytes.
template <std::unsigned_integral Number>
[[nodiscard]] constexpr Number number_at(Bytes bytes, std::size_t offset) noexcept {
    std::uint64_t number = 0;
    for (std::size_t i = sizeof(Number); i-- > 0;) {
        number = (number << 8) | static_cast<std::uint8_t>(bytes[offset + i]);
    }
    return static_cast<Number>(number);
}

}  // namespace wslplugins::tool
