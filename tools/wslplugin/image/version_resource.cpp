// SPDX-License-Identifier: MIT
#include "image/version_resource.hpp"

#include <wslplugins/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace wslplugins::tool {
namespace {

constexpr std::uint32_t version_type = 16;
constexpr std::size_t most_entries = 4096;
constexpr std::size_t largest_resource = 65536;
constexpr std::size_t most_strings = 64;
constexpr std::uint32_t fixed_part_signature = 0xFEEF04BD;
constexpr std::uint32_t is_folder = 0x80000000;

std::unexpected<Error> damaged(const std::string& why) {
    return failure(HResult::invalid_data, "the version resource is damaged: " + why);
}

/// A key, a value and blocks within: all that a version resource is made of.
struct Block {
    std::string key;
    Bytes value;
    Bytes within;
    bool value_is_text = false;
};

constexpr std::size_t aligned(std::size_t offset) noexcept {
    return (offset + 3) & ~std::size_t{3};
}

/// The UTF-16 text at the beginning of the bytes, up to a NUL or their end, and how many bytes it takes.
std::pair<std::string, std::size_t> wide_text(Bytes bytes) {
    WideString text;
    std::size_t offset = 0;
    while (offset + 2 <= bytes.size()) {
        const auto unit = number_at<std::uint16_t>(bytes, offset);
        offset += 2;
        if (unit == 0) {
            break;
        }
        text += static_cast<abi::WCHAR>(unit);
    }
    return {to_utf8_lossy(text), offset};
}

/// Takes the next block from the front of `rest`; none at its end, and where it is no block.
std::optional<Block> take_block(Bytes& rest) {
    constexpr std::size_t header = 6;
    if (rest.size() < header) {
        return std::nullopt;
    }
    const std::size_t length = number_at<std::uint16_t>(rest, 0);
    const std::size_t value_count = number_at<std::uint16_t>(rest, 2);
    if (length < header || length > rest.size()) {
        return std::nullopt;
    }
    const Bytes block = rest.first(length);
    rest = rest.subspan((std::min)(aligned(length), rest.size()));
    Block found;
    found.value_is_text = number_at<std::uint16_t>(block, 4) == 1;
    const auto [key, key_size] = wide_text(block.subspan(header));
    found.key = key;
    const std::size_t value = (std::min)(aligned(header + key_size), length);
    const std::size_t value_size =
        (std::min)(found.value_is_text ? 2 * value_count : value_count, length - value);
    found.value = block.subspan(value, value_size);
    found.within = block.subspan((std::min)(aligned(value + value_size), length));
    return found;
}

std::string version_text(Bytes fixed, std::size_t offset) {
    return fmt::format("{}.{}.{}.{}",
                       number_at<std::uint16_t>(fixed, offset + 2),
                       number_at<std::uint16_t>(fixed, offset),
                       number_at<std::uint16_t>(fixed, offset + 6),
                       number_at<std::uint16_t>(fixed, offset + 4));
}

void take_strings(VersionResource& resource, Bytes tables) {
    const std::optional<Block> table = take_block(tables);
    Bytes rest = table ? table->within : Bytes{};
    while (resource.strings.size() < most_strings) {
        const std::optional<Block> string = take_block(rest);
        if (!string) {
            return;
        }
        resource.strings.emplace_back(string->key, wide_text(string->value).first);
    }
}

WinResult<std::optional<VersionResource>> parse(Bytes bytes) {
    const std::optional<Block> root = take_block(bytes);
    if (!root || root->key != "VS_VERSION_INFO") {
        return damaged("it does not begin with VS_VERSION_INFO");
    }
    VersionResource resource;
    constexpr std::size_t fixed_size = 52;
    if (root->value.size() >= fixed_size &&
        number_at<std::uint32_t>(root->value, 0) == fixed_part_signature) {
        resource.file_version = version_text(root->value, 8);
        resource.product_version = version_text(root->value, 16);
    }
    Bytes rest = root->within;
    while (const std::optional<Block> block = take_block(rest)) {
        if (block->key == "StringFileInfo") {
            take_strings(resource, block->within);
            break;
        }
    }
    return resource;
}

/// Resources lie in folders of three levels: type, name, language. Every offset counts from the root.
class ResourceFolders {
public:
    explicit ResourceFolders(const Image& image)
        : image_(image), root_(image.headers().directory(Table::Resource).address) {}

    /// What an entry of the folder at `offset` points to: the one with that identifier, or the first for none.
    [[nodiscard]] WinResult<std::optional<std::uint32_t>>
    find(std::uint32_t offset, std::optional<std::uint32_t> identifier) const {
        std::array<std::byte, 16> folder{};
        if (!image_.read(root_ + std::uint64_t{offset}, folder)) {
            return damaged("a folder of the resources lies outside of the file");
        }
        const std::size_t count = std::size_t{number_at<std::uint16_t>(folder, 12)} +
                                  number_at<std::uint16_t>(folder, 14);
        for (std::size_t i = 0; i < (std::min)(count, most_entries); ++i) {
            std::array<std::byte, 8> entry{};
            if (!image_.read(root_ + std::uint64_t{offset} + folder.size() + i * entry.size(),
                             entry)) {
                return damaged("a folder of the resources does not end in the file");
            }
            if (!identifier || number_at<std::uint32_t>(entry, 0) == *identifier) {
                return number_at<std::uint32_t>(entry, 4);
            }
        }
        return std::nullopt;
    }

    /// The bytes of the first version resource; none without one.
    [[nodiscard]] WinResult<std::optional<std::vector<std::byte>>> version_bytes() const {
        std::uint32_t at = is_folder;
        for (const std::optional<std::uint32_t> identifier : {std::optional(version_type),
                                                              std::optional<std::uint32_t>(),
                                                              std::optional<std::uint32_t>()}) {
            if ((at & is_folder) == 0) {
                return damaged("it lies where a folder is expected");
            }
            const WinResult<std::optional<std::uint32_t>> found = find(at & ~is_folder, identifier);
            if (!found) {
                return propagate(found.error());
            }
            if (!*found) {
                return std::nullopt;
            }
            at = **found;
        }
        return read_data(at);
    }

private:
    [[nodiscard]] WinResult<std::optional<std::vector<std::byte>>>
    read_data(std::uint32_t at) const {
        std::array<std::byte, 16> entry{};
        if ((at & is_folder) != 0 || !image_.read(root_ + std::uint64_t{at}, entry)) {
            return damaged("its entry lies outside of the file");
        }
        const std::uint32_t size = number_at<std::uint32_t>(entry, 4);
        if (size > largest_resource) {
            return damaged(fmt::format("it has {} bytes, more than any real one", size));
        }
        std::vector<std::byte> bytes(size);
        if (!image_.read(number_at<std::uint32_t>(entry, 0), bytes)) {
            return damaged("it lies outside of the file");
        }
        return bytes;
    }

    const Image& image_;
    std::uint64_t root_;
};

}  // namespace

WinResult<std::optional<VersionResource>> read_version_resource(const Image& image) {
    if (image.headers().directory(Table::Resource).address == 0) {
        return std::nullopt;
    }
    const WinResult<std::optional<std::vector<std::byte>>> bytes =
        ResourceFolders(image).version_bytes();
    if (!bytes) {
        return propagate(bytes.error());
    }
    return *bytes ? parse(**bytes) : WinResult<std::optional<VersionResource>>(std::nullopt);
}

}  // namespace wslplugins::tool
