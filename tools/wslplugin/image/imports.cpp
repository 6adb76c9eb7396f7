// SPDX-License-Identifier: MIT
#include "image/imports.hpp"

#include <fmt/format.h>

namespace wslplugins::tool {
namespace {

/// Far more than any real DLL names; Windows itself has some three thousand.
constexpr std::size_t most_libraries = 1024;
constexpr std::size_t longest_library_name = 260;

constexpr std::size_t import_descriptor_size = 20;
constexpr std::size_t delay_descriptor_size = 32;

struct Descriptor {
    std::uint64_t name = 0;
    std::uint64_t functions = 0;  ///< The list of names and ordinals.
};

class ImportReader {
public:
    ImportReader(const Image& image, const ImportVisitor& visitor)
        : image_(image), visitor_(visitor), allowance_(image),
          entry_size_(image.headers().is_64_bit ? 8 : 4) {}

    WinResult<> read() {
        if (WinResult<> read = read_list(false); !read) {
            return read;
        }
        return read_list(true);
    }

private:
    [[nodiscard]] static std::unexpected<Error> damaged(bool is_delayed, const std::string& why) {
        return failure(HResult::invalid_data,
                       fmt::format("the {} table is damaged: {}",
                                   is_delayed ? "delayed import" : "import",
                                   why));
    }

    WinResult<> read_list(bool is_delayed) {
        const Directory& directory =
            image_.headers().directory(is_delayed ? Table::DelayImport : Table::Import);
        if (directory.address == 0) {
            return {};
        }
        const std::size_t size = is_delayed ? delay_descriptor_size : import_descriptor_size;
        for (std::size_t i = 0; i <= most_libraries; ++i) {
            std::array<std::byte, delay_descriptor_size> buffer{};
            const auto bytes = std::span(buffer).first(size);
            if (!image_.read(directory.address + i * size, bytes)) {
                return damaged(is_delayed, fmt::format("it does not end after {} libraries", i));
            }
            const Descriptor found =
                is_delayed ? delay_descriptor(bytes) : import_descriptor(bytes);
            if (found.name == 0) {
                return {};
            }
            if (WinResult<> read = read_library(found, is_delayed); !read) {
                return read;
            }
        }
        return damaged(is_delayed, fmt::format("it names more than {} libraries", most_libraries));
    }

    /// The loader stops at a descriptor without a name or without addresses.
    [[nodiscard]] static Descriptor import_descriptor(Bytes bytes) noexcept {
        const std::uint32_t names = number_at<std::uint32_t>(bytes, 0);
        const std::uint32_t addresses = number_at<std::uint32_t>(bytes, 16);
        return {.name = addresses == 0 ? 0 : number_at<std::uint32_t>(bytes, 12),
                .functions = names == 0 ? addresses : names};
    }

    /// Compilers before 2002 wrote addresses in memory, which only 32 bits hold.
    [[nodiscard]] Descriptor delay_descriptor(Bytes bytes) const noexcept {
        const bool is_relative = (number_at<std::uint32_t>(bytes, 0) & 1) != 0;
        const std::uint64_t base = is_relative ? 0 : image_.headers().image_base;
        const std::uint64_t name = number_at<std::uint32_t>(bytes, 4);
        return {.name = name == 0 ? 0 : name - base,
                .functions = number_at<std::uint32_t>(bytes, 16) - base};
    }

    WinResult<> read_library(const Descriptor& descriptor, bool is_delayed) {
        std::optional<std::string> name = image_.text(descriptor.name);
        if (!name || name->size() > longest_library_name) {
            return damaged(is_delayed, "the name of a library cannot be read");
        }
        visitor_.library({*name, is_delayed});
        for (std::uint64_t entry = descriptor.functions;; entry += entry_size_) {
            std::array<std::byte, 8> buffer{};
            if (!allowance_.take(entry_size_) ||
                !image_.read(entry, std::span(buffer).first(entry_size_))) {
                return damaged(is_delayed,
                               "the list of what it needs of " + *name + " does not end");
            }
            const auto value = number_at<std::uint64_t>(buffer, 0);
            if (value == 0) {
                return {};
            }
            if (!hand_out(value)) {
                return damaged(is_delayed,
                               "a function that it needs of " + *name + " cannot be read");
            }
        }
    }

    /// @return false when the name cannot be read.
    bool hand_out(std::uint64_t entry) {
        const std::uint64_t by_ordinal = std::uint64_t{1} << (8 * entry_size_ - 1);
        if ((entry & by_ordinal) != 0) {
            visitor_.function({std::nullopt, static_cast<std::uint16_t>(entry)});
            return true;
        }
        constexpr std::uint64_t hint_size = 2;
        std::optional<std::string> name = image_.text(entry + hint_size);
        if (!name || !allowance_.take(name->size() + 1)) {
            return false;
        }
        visitor_.function({std::move(name), 0});
        return true;
    }

    const Image& image_;
    const ImportVisitor& visitor_;
    Allowance allowance_;
    const std::size_t entry_size_;
};

}  // namespace

WinResult<> read_imports(const Image& image, const ImportVisitor& visitor) {
    return ImportReader(image, visitor).read();
}

}  // namespace wslplugins::tool
