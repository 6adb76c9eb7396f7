// SPDX-License-Identifier: MIT
#include "platform/protected_file.hpp"

#include <utility>

namespace wslplugins::platform {

ProtectedFile::ProtectedFile(ProtectedFile&& other) noexcept
    : folder_path_(std::move(other.folder_path_)), name_(std::move(other.name_)),
      folder_(std::exchange(other.folder_, -1)), file_(std::exchange(other.file_, -1)),
      size_(other.size_) {}

ProtectedFile& ProtectedFile::operator=(ProtectedFile&& other) noexcept {
    std::swap(folder_path_, other.folder_path_);
    std::swap(name_, other.name_);
    std::swap(folder_, other.folder_);
    std::swap(file_, other.file_);
    std::swap(size_, other.size_);
    return *this;
}

ProtectedFile::~ProtectedFile() {
    close();
}

}  // namespace wslplugins::platform
