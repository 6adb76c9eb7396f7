// SPDX-License-Identifier: MIT
/// @file
/// A lock that processes share, and a file that is replaced as a whole. Only Windows and Wine; elsewhere every
/// function answers ERROR_NOT_SUPPORTED.
#pragma once

#include <wslplugins/core/result.hpp>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace wslplugins::platform {

/// Held by one process at a time, and free again however that process ends.
class FileLock {
public:
    /// Makes the file where it is missing, and waits.
    /// @return ERROR_SHARING_VIOLATION when another process holds it for that long.
    [[nodiscard]] static WinResult<FileLock> acquire(std::string_view path,
                                                     std::chrono::milliseconds limit);

    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    explicit FileLock(std::intptr_t handle) noexcept : handle_(handle) {}

    std::intptr_t handle_;
};

/// Whoever opens the file at any moment, also after a loss of power, finds the old content or the new one, whole.
/// `draft` is a file beside it that is made anew and gone afterwards.
[[nodiscard]] WinResult<>
replace_file(std::string_view path, std::string_view draft, std::string_view content);

}  // namespace wslplugins::platform
