// SPDX-License-Identifier: MIT
/// @file
/// Values as bytes: integers little-endian, texts with a 32-bit length before them, messages likewise.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::guest::protocol {

using Bytes = std::vector<std::byte>;

/// How many bytes the length in front of a message takes.
inline constexpr std::size_t length_size = 4;

/// Appends values to a message.
class Writer {
public:
    void u8(std::uint8_t value) { bytes_.push_back(std::byte{value}); }
    void u32(std::uint32_t value);
    void u64(std::uint64_t value);
    void raw(std::span<const std::byte> bytes);
    void text(std::string_view text);

    [[nodiscard]] Bytes take() noexcept { return std::move(bytes_); }

private:
    Bytes bytes_;
};

/// Takes values from a message. Past the first value that is not there every read gives zero or nothing,
/// so that a decoder asks once, at its end, whether all went well.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) noexcept : rest_(bytes) {}

    [[nodiscard]] std::uint8_t u8() noexcept;
    [[nodiscard]] std::uint32_t u32() noexcept;
    [[nodiscard]] std::uint64_t u64() noexcept;
    [[nodiscard]] std::string text();
    void raw(std::span<std::byte> into) noexcept;

    /// A count of things that take at least `smallest` bytes each; fails when the message cannot hold them.
    [[nodiscard]] std::uint32_t count(std::size_t smallest) noexcept;

    /// Marks the message as wrong: a value that the format does not know.
    void refuse() noexcept { failed_ = true; }

    [[nodiscard]] std::size_t remaining() const noexcept { return rest_.size(); }

    /// All values were there, and nothing is left over.
    [[nodiscard]] bool is_complete() const noexcept { return !failed_ && rest_.empty(); }

private:
    [[nodiscard]] std::span<const std::byte> take(std::size_t size) noexcept;
    [[nodiscard]] std::uint64_t integer(std::size_t size) noexcept;

    std::span<const std::byte> rest_;
    bool failed_ = false;
};

/// The message with its length in front, as it goes over a connection.
[[nodiscard]] Bytes framed(std::span<const std::byte> message);

/// The length that stands in front of a message.
[[nodiscard]] std::uint32_t framed_length(std::span<const std::byte, length_size> prefix) noexcept;

/// Compares in a time that does not depend on where the two differ.
[[nodiscard]] bool equal_in_constant_time(std::span<const std::byte> one,
                                          std::span<const std::byte> other) noexcept;

}  // namespace wslplugins::guest::protocol
