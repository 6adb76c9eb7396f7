// SPDX-License-Identifier: MIT
/// @file
/// `ProtectedFile`: a file for appending, in a folder that nobody else can change.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace wslplugins::platform {

/// Folder and file are the system's, the administrators' or the process's own user's: checked on what was
/// opened, so that nobody can put something else in its place in between. Neither is a link, and the file has one name.
class ProtectedFile {
public:
    /// Makes the last folder of the path and the file where they are missing.
    /// @return ERROR_ACCESS_DENIED where others could change either, or either is a link; E_INVALIDARG for
    ///         a relative folder, or a name that is not one of a file; else the system's code.
    [[nodiscard]] static WinResult<ProtectedFile> open(std::string_view folder,
                                                       std::string_view name);

    ProtectedFile(ProtectedFile&& other) noexcept;
    ProtectedFile& operator=(ProtectedFile&& other) noexcept;
    ~ProtectedFile();

    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

    /// Appends all of it or nothing. Blocks as the disk does.
    [[nodiscard]] WinResult<> append(std::string_view bytes);

    /// Gives the file the name with `.1` behind, in place of one that has it, and begins a new one.
    [[nodiscard]] WinResult<> begin_anew();

private:
    ProtectedFile() = default;
    [[nodiscard]] WinResult<> open_file(bool must_be_new);
    void close_file() noexcept;
    void close() noexcept;

    std::string folder_path_;
    std::string name_;
    std::intptr_t folder_ = -1;  // a descriptor or a handle; -1 for none
    std::intptr_t file_ = -1;
    std::uint64_t size_ = 0;
};

}  // namespace wslplugins::platform
