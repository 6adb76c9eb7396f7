// SPDX-License-Identifier: MIT
/// @file
/// `Image`: a Windows program or DLL in a file, read by the addresses that it has in memory.
///
/// Nothing in the file is believed: whatever its numbers say, a read ends at the end of a section and of the file,
/// and what is handed out in all is bounded by the size of the file.
#pragma once

#include "image/headers.hpp"

#include <optional>
#include <string>

namespace wslplugins::tool {

class Image {
public:
    /// @param bytes must outlive the image.
    [[nodiscard]] static WinResult<Image> open(ByteSource& bytes);

    [[nodiscard]] const Headers& headers() const noexcept { return headers_; }
    [[nodiscard]] ByteSource& file() const noexcept { return *file_; }

    /// As the loader lays the image out: what a section has in memory beyond its part of the file is zero.
    /// @return false when not all of them lie in one section, or the file ends before.
    [[nodiscard]] bool read(std::uint64_t address, std::span<std::byte> into) const;

    /// The bytes up to a NUL. @return none when there is no NUL within 65,535 bytes.
    [[nodiscard]] std::optional<std::string> text(std::uint64_t address) const;

    /// The section of that name; null when there is none.
    [[nodiscard]] const Section* section(std::string_view name) const noexcept;

private:
    /// What follows an address within its section.
    struct Rest {
        std::uint64_t offset = 0;  ///< In the file.
        std::uint64_t in_file = 0;
        std::uint64_t zeros = 0;  ///< Behind that.
    };

    Image(ByteSource& bytes, Headers headers) : file_(&bytes), headers_(std::move(headers)) {}

    [[nodiscard]] Rest rest_of(std::uint64_t address) const;

    ByteSource* file_;
    Headers headers_;
};

/// Bounds what a table hands out. A truthful file holds each name once, so that twice the file is ample; tables that
/// point to the same bytes again and again use it up.
class Allowance {
public:
    explicit Allowance(const Image& image) : left_(2 * image.file().size() + 65536) {}

    /// @return false when it is used up.
    [[nodiscard]] bool take(std::uint64_t bytes) noexcept {
        const bool suffices = bytes <= left_;
        left_ -= suffices ? bytes : left_;
        return suffices;
    }

private:
    std::uint64_t left_;
};

}  // namespace wslplugins::tool
