// SPDX-License-Identifier: MIT
#include "image/exports.hpp"

#include <fmt/format.h>

namespace wslplugins::tool {
namespace {

/// An ordinal has 16 bits.
constexpr std::uint32_t most_exports = 65536;

std::unexpected<Error> damaged(const std::string& why) {
    return failure(HResult::invalid_data, "the export table is damaged: " + why);
}

class ExportReader {
public:
    ExportReader(const Image& image, const std::function<void(const Export&)>& visit)
        : image_(image), visit_(visit), allowance_(image) {}

    WinResult<> read() {
        if (directory_.address == 0) {
            return {};
        }
        if (WinResult<> read = read_tables(); !read) {
            return read;
        }
        const std::size_t names = ordinals_.size() / sizeof(std::uint16_t);
        for (std::size_t i = 0; i < names; ++i) {
            if (WinResult<> handed = hand_out_name(i); !handed) {
                return handed;
            }
        }
        for (std::size_t i = 0; i < is_named_.size(); ++i) {
            if (!is_named_[i] && address_of(i) != 0) {
                if (WinResult<> handed = hand_out(i, std::nullopt); !handed) {
                    return handed;
                }
            }
        }
        return {};
    }

private:
    WinResult<> read_tables() {
        std::array<std::byte, 40> table{};
        if (!image_.read(directory_.address, table)) {
            return damaged("it lies outside of the file");
        }
        base_ = number_at<std::uint32_t>(table, 16);
        const std::uint32_t functions = number_at<std::uint32_t>(table, 20);
        const std::uint32_t names = number_at<std::uint32_t>(table, 24);
        if (functions > most_exports || names > most_exports) {
            return damaged(
                fmt::format("it counts {} functions and {} names, and ordinals end at 65535",
                            functions,
                            names));
        }
        is_named_.resize(functions);
        addresses_.resize(functions * sizeof(std::uint32_t));
        names_.resize(names * sizeof(std::uint32_t));
        ordinals_.resize(names * sizeof(std::uint16_t));
        if (!image_.read(number_at<std::uint32_t>(table, 28), addresses_) ||
            !image_.read(number_at<std::uint32_t>(table, 32), names_) ||
            !image_.read(number_at<std::uint32_t>(table, 36), ordinals_)) {
            return damaged(fmt::format(
                "its lists of {} functions and {} names do not lie in the file", functions, names));
        }
        return {};
    }

    [[nodiscard]] std::uint32_t address_of(std::size_t function) const {
        return number_at<std::uint32_t>(addresses_, function * sizeof(std::uint32_t));
    }

    [[nodiscard]] bool is_forwarder(std::uint32_t address) const noexcept {
        return address >= directory_.address && address - directory_.address < directory_.size;
    }

    std::optional<std::string> take_text(std::uint32_t address) {
        std::optional<std::string> text = image_.text(address);
        return text && allowance_.take(text->size() + 1) ? text : std::nullopt;
    }

    WinResult<> hand_out_name(std::size_t index) {
        const std::size_t function =
            number_at<std::uint16_t>(ordinals_, index * sizeof(std::uint16_t));
        std::optional<std::string> name =
            take_text(number_at<std::uint32_t>(names_, index * sizeof(std::uint32_t)));
        if (!name) {
            return damaged(fmt::format("name {} cannot be read", index + 1));
        }
        if (function >= is_named_.size()) {
            return damaged(fmt::format(
                "name {} stands for function {} of {}", index + 1, function + 1, is_named_.size()));
        }
        is_named_[function] = true;
        return hand_out(function, std::move(name));
    }

    WinResult<> hand_out(std::size_t function, std::optional<std::string> name) {
        Export found{.ordinal = base_ + static_cast<std::uint32_t>(function),
                     .name = std::move(name),
                     .forwarder = std::nullopt};
        if (const std::uint32_t address = address_of(function); is_forwarder(address)) {
            found.forwarder = take_text(address);
            if (!found.forwarder) {
                return damaged(
                    fmt::format("the forwarder of ordinal {} cannot be read", found.ordinal));
            }
        }
        visit_(found);
        return {};
    }

    const Image& image_;
    const std::function<void(const Export&)>& visit_;
    const Directory directory_ = image_.headers().directory(Table::Export);
    Allowance allowance_;
    std::uint32_t base_ = 0;
    std::vector<bool> is_named_;
    // As they lie in the file: of lists that overlap no more is held than of honest ones.
    std::vector<std::byte> addresses_;
    std::vector<std::byte> names_;
    std::vector<std::byte> ordinals_;
};

}  // namespace

WinResult<> read_exports(const Image& image, const std::function<void(const Export&)>& visit) {
    return ExportReader(image, visit).read();
}

}  // namespace wslplugins::tool
