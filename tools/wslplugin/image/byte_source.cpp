// SPDX-License-Identifier: MIT
#include "image/byte_source.hpp"

#include "platform/paths.hpp"

#include <algorithm>
#include <cstring>

namespace wslplugins::tool {
namespace {

namespace fs = std::filesystem;

constexpr HResult directory_not_supported = HResult::from_win32(336);
constexpr std::size_t window_size = 16384;

bool lies_within(std::uint64_t offset, std::size_t count, std::uint64_t size) noexcept {
    return offset <= size && count <= size - offset;
}

}  // namespace

bool MemoryBytes::read(std::uint64_t offset, std::span<std::byte> into) {
    if (!lies_within(offset, into.size(), bytes_.size())) {
        return false;
    }
    std::ranges::copy(bytes_.subspan(static_cast<std::size_t>(offset), into.size()), into.begin());
    return true;
}

FileBytes::FileBytes(const fs::path& file) : file_(file) {
    std::error_code error;
    status_ = fs::status(file, error);
    // Opening a pipe would wait for somebody to write into it.
    if (!fs::is_regular_file(status_)) {
        return;
    }
    const std::uintmax_t size = fs::file_size(file, error);
    stream_.open(file, std::ios::binary);
    size_ = error ? 0 : size;
}

WinResult<> FileBytes::opened() const {
    const std::string name = "'" + platform::utf8_from_path(file_) + "'";
    if (!fs::exists(status_)) {
        return failure(HResult::file_not_found, "There is no file " + name);
    }
    if (fs::is_directory(status_)) {
        return failure(directory_not_supported, name + " is a folder, not a DLL");
    }
    if (!fs::is_regular_file(status_)) {
        return failure(HResult::not_supported, name + " is a device or a pipe, not a file");
    }
    if (!stream_.is_open()) {
        return failure(HResult::access_denied, "Could not open " + name);
    }
    return {};
}

bool FileBytes::read_file(std::uint64_t offset, std::span<std::byte> into) {
    stream_.clear();
    stream_.seekg(static_cast<std::streamoff>(offset));
    stream_.read(reinterpret_cast<char*>(into.data()), static_cast<std::streamsize>(into.size()));
    return stream_.good();
}

bool FileBytes::move_window(std::uint64_t offset) {
    window_.resize(
        static_cast<std::size_t>((std::min)(std::uint64_t{window_size}, size_ - offset)));
    window_offset_ = offset;
    if (read_file(offset, window_)) {
        return true;
    }
    window_.clear();
    return false;
}

bool FileBytes::read(std::uint64_t offset, std::span<std::byte> into) {
    if (!lies_within(offset, into.size(), size_)) {
        return false;
    }
    if (into.size() > window_size) {
        return read_file(offset, into);
    }
    const bool is_held = offset >= window_offset_ &&
                         lies_within(offset - window_offset_, into.size(), window_.size());
    if (!is_held && !move_window(offset)) {
        return false;
    }
    if (!into.empty()) {
        std::memcpy(into.data(), window_.data() + (offset - window_offset_), into.size());
    }
    return true;
}

}  // namespace wslplugins::tool
