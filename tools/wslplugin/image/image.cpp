// SPDX-License-Identifier: MIT
#include "image/image.hpp"

#include <algorithm>

namespace wslplugins::tool {
namespace {

constexpr std::size_t longest_text = 65535;

}  // namespace

WinResult<Image> Image::open(ByteSource& bytes) {
    WinResult<Headers> headers = read_headers(bytes);
    if (!headers) {
        return propagate(std::move(headers.error()));
    }
    return Image(bytes, std::move(*headers));
}

Image::Rest Image::rest_of(std::uint64_t address) const {
    const std::uint64_t size = file_->size();
    for (const Section& section : headers_.sections) {
        const std::uint64_t extent = (std::max)(section.virtual_size, section.raw_size);
        if (address < section.address || address - section.address >= extent) {
            continue;
        }
        const std::uint64_t within = address - section.address;
        const std::uint64_t offset = section.raw_offset + within;
        const std::uint64_t raw = section.raw_size > within ? section.raw_size - within : 0;
        const std::uint64_t held = offset < size ? (std::min)(raw, size - offset) : 0;
        // A file that is cut off has no zeros where its bytes are missing.
        return {offset, held, held == raw ? extent - within - raw : 0};
    }
    const std::uint64_t end = (std::min)(std::uint64_t{headers_.headers_size}, size);
    return {address, address < end ? end - address : 0, 0};
}

bool Image::read(std::uint64_t address, std::span<std::byte> into) const {
    const Rest rest = rest_of(address);
    if (into.size() > rest.in_file + rest.zeros) {
        return false;
    }
    const auto from_file =
        static_cast<std::size_t>((std::min)(std::uint64_t{into.size()}, rest.in_file));
    std::ranges::fill(into.subspan(from_file), std::byte{0});
    return from_file == 0 || file_->read(rest.offset, into.first(from_file));
}

std::optional<std::string> Image::text(std::uint64_t address) const {
    std::string text;
    std::array<std::byte, 128> chunk{};
    while (text.size() <= longest_text) {
        const Rest rest = rest_of(address);
        const auto count = static_cast<std::size_t>(
            (std::min)(std::uint64_t{chunk.size()}, rest.in_file + rest.zeros));
        if (count == 0 || !read(address, std::span(chunk).first(count))) {
            return std::nullopt;
        }
        const auto* const begin = reinterpret_cast<const char*>(chunk.data());
        const auto* const end = std::find(begin, begin + count, '\0');
        text.append(begin, end);
        if (end != begin + count) {
            return text;
        }
        address += count;
    }
    return std::nullopt;
}

const Section* Image::section(std::string_view name) const noexcept {
    const auto found = std::ranges::find(headers_.sections, name, &Section::name);
    return found == headers_.sections.end() ? nullptr : &*found;
}

}  // namespace wslplugins::tool
