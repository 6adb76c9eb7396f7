// SPDX-License-Identifier: MIT
#include "platform/exclusive_file.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

#include <utility>

namespace wslplugins::platform {
namespace {

/// How often a file is tried that another process has: opening one alone can be refused, but not waited for.
constexpr DWORD poll_milliseconds = 20;

std::unexpected<Error> failed(const char* what, std::string_view path) {
    const DWORD error = ::GetLastError();
    return failure(HResult::from_win32(error),
                   std::string("Could not ") + what + " '" + std::string(path) + "'");
}

HANDLE handle_of(std::intptr_t value) {
    return reinterpret_cast<HANDLE>(value);
}

/// With all of the content on the disk.
WinResult<> write_whole(const WideString& file, std::string_view path, std::string_view content) {
    const HANDLE handle = ::CreateFileW(
        file.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) {
        return failed("make", path);
    }
    DWORD written = 0;
    const bool is_whole =
        ::WriteFile(
            handle, content.data(), static_cast<DWORD>(content.size()), &written, nullptr) != 0 &&
        written == content.size() && ::FlushFileBuffers(handle) != 0;
    WinResult<> result = is_whole ? WinResult<>() : failed("write", path);
    (void)::CloseHandle(handle);
    return result;
}

}  // namespace

WinResult<FileLock> FileLock::acquire(std::string_view path, std::chrono::milliseconds limit) {
    const auto wide = to_utf16_for_wsl(path);
    if (!wide) {
        return propagate(wide.error());
    }
    const auto deadline = std::chrono::steady_clock::now() + limit;
    for (;;) {
        const HANDLE handle = ::CreateFileW(
            wide->c_str(), GENERIC_WRITE, 0, nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
        if (handle != INVALID_HANDLE_VALUE) {
            return FileLock(reinterpret_cast<std::intptr_t>(handle));
        }
        if (::GetLastError() != ERROR_SHARING_VIOLATION ||
            std::chrono::steady_clock::now() >= deadline) {
            return failed("lock", path);
        }
        ::Sleep(poll_milliseconds);
    }
}

FileLock::FileLock(FileLock&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}

FileLock::~FileLock() {
    if (handle_ != -1) {
        (void)::CloseHandle(handle_of(handle_));
    }
}

WinResult<> replace_file(std::string_view path, std::string_view draft, std::string_view content) {
    const auto wide = to_utf16_for_wsl(path);
    const auto wide_draft = to_utf16_for_wsl(draft);
    if (!wide || !wide_draft) {
        return propagate((wide ? wide_draft : wide).error());
    }
    if (WinResult<> written = write_whole(*wide_draft, draft, content); !written) {
        return written;
    }
    if (::MoveFileExW(wide_draft->c_str(),
                      wide->c_str(),
                      MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) == 0) {
        auto error = failed("replace", path);
        (void)::DeleteFileW(wide_draft->c_str());
        return error;
    }
    return {};
}

}  // namespace wslplugins::platform
