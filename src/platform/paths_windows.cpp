// SPDX-License-Identifier: MIT
#include "platform/paths.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

namespace wslplugins::platform {
namespace {

using WineGetUnixFileName = char*(CDECL*)(const WCHAR*);

/// Only Wine's kernel32 has it.
WineGetUnixFileName unix_file_name_function() noexcept {
    const FARPROC found =
        ::GetProcAddress(::GetModuleHandleW(L"kernel32.dll"), "wine_get_unix_file_name");
    return reinterpret_cast<WineGetUnixFileName>(reinterpret_cast<void*>(found));
}

}  // namespace

std::filesystem::path path_from_utf8(std::string_view text) {
    return std::filesystem::path(std::u8string(text.begin(), text.end()));
}

std::string utf8_from_path(const std::filesystem::path& path) {
    return to_utf8_lossy(path.native());
}

WinResult<std::filesystem::path> executable_path() {
    std::wstring path(MAX_PATH, L'\0');
    while (true) {
        const DWORD length =
            ::GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size()));
        if (length == 0) {
            return failure(HResult::from_win32(::GetLastError()),
                           "Asking for the path of this program failed");
        }
        if (length < path.size()) {
            path.resize(length);
            return std::filesystem::path(std::move(path));
        }
        path.resize(path.size() * 2);
    }
}

std::optional<std::string> environment_variable(const char* name) {
    const auto wide_name = to_utf16(name);
    if (!wide_name) {
        return std::nullopt;
    }
    std::wstring value;
    while (true) {
        ::SetLastError(ERROR_SUCCESS);
        const DWORD length = ::GetEnvironmentVariableW(
            wide_name->c_str(), value.data(), static_cast<DWORD>(value.size()));
        if (length == 0 && ::GetLastError() != ERROR_SUCCESS) {
            return std::nullopt;
        }
        const bool has_fitted = length < value.size() || length == 0;
        value.resize(length);
        if (has_fitted) {
            return to_utf8_lossy(value);
        }
    }
}

bool is_wine() noexcept {
    return ::GetProcAddress(::GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != nullptr;
}

WinResult<std::string> linux_path_of(std::string_view windows_path) {
    const auto wide = to_utf16_for_wsl(windows_path);
    if (!wide) {
        return propagate(wide.error());
    }
    const WineGetUnixFileName unix_file_name = unix_file_name_function();
    if (unix_file_name == nullptr) {
        return failure(HResult::not_supported,
                       "'" + std::string(windows_path) +
                           "' has no Linux path: this is Windows itself, not Wine");
    }
    char* const found = unix_file_name(wide->c_str());
    if (found == nullptr) {
        return failure(HResult::path_not_found,
                       "Wine knows no Linux path for '" + std::string(windows_path) +
                           "'; check the drive letter");
    }
    std::string path(found);
    ::HeapFree(::GetProcessHeap(), 0, found);
    return path;
}

}  // namespace wslplugins::platform
