// SPDX-License-Identifier: MIT
#include "guest/protocol/wire.hpp"

#include <algorithm>

namespace wslplugins::guest::protocol {

void Writer::u32(std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) {
        u8(static_cast<std::uint8_t>(value >> shift));
    }
}

void Writer::u64(std::uint64_t value) {
    u32(static_cast<std::uint32_t>(value));
    u32(static_cast<std::uint32_t>(value >> 32));
}

void Writer::raw(std::span<const std::byte> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void Writer::text(std::string_view text) {
    u32(static_cast<std::uint32_t>(text.size()));
    raw(std::as_bytes(std::span(text)));
}

std::span<const std::byte> Reader::take(std::size_t size) noexcept {
    if (failed_ || size > rest_.size()) {
        failed_ = true;
        return {};
    }
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
}

std::uint64_t Reader::integer(std::size_t size) noexcept {
    std::uint64_t value = 0;
    int shift = 0;
    for (const std::byte byte : take(size)) {
        value |= std::to_integer<std::uint64_t>(byte) << shift;
        shift += 8;
    }
    return value;
}

std::uint8_t Reader::u8() noexcept {
    return static_cast<std::uint8_t>(integer(1));
}

std::uint32_t Reader::u32() noexcept {
    return static_cast<std::uint32_t>(integer(4));
}

std::uint64_t Reader::u64() noexcept {
    return integer(8);
}

std::string Reader::text() {
    const auto bytes = take(u32());
    std::string text(bytes.size(), '\0');
    std::ranges::copy(bytes, std::as_writable_bytes(std::span(text)).begin());
    return text;
}

void Reader::raw(std::span<std::byte> into) noexcept {
    const auto bytes = take(into.size());
    std::ranges::copy(bytes, into.begin());
}

std::uint32_t Reader::count(std::size_t smallest) noexcept {
    const std::uint32_t count = u32();
    if (failed_ || count > rest_.size() / smallest) {
        failed_ = true;
        return 0;
    }
    return count;
}

Bytes framed(std::span<const std::byte> message) {
    Writer writer;
    writer.u32(static_cast<std::uint32_t>(message.size()));
    writer.raw(message);
    return writer.take();
}

std::uint32_t framed_length(std::span<const std::byte, length_size> prefix) noexcept {
    return Reader(prefix).u32();
}

bool equal_in_constant_time(std::span<const std::byte> one,
                            std::span<const std::byte> other) noexcept {
    if (one.size() != other.size()) {
        return false;
    }
    std::byte difference{};
    for (std::size_t i = 0; i < one.size(); ++i) {
        difference |= one[i] ^ other[i];
    }
    return difference == std::byte{};
}

}  // namespace wslplugins::guest::protocol
