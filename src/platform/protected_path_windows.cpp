// SPDX-License-Identifier: MIT
#include "platform/file_rights.hpp"
#include "platform/paths.hpp"
#include "platform/protected_path.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>
// windows.h first: shlobj.h needs its types.
#include <shlobj.h>

#include <memory>
#include <type_traits>

namespace wslplugins::platform {
namespace {

namespace fs = std::filesystem;

struct CloseAny {
    void operator()(HANDLE handle) const noexcept { ::CloseHandle(handle); }
};
using Handle = std::unique_ptr<std::remove_pointer_t<HANDLE>, CloseAny>;

std::unexpected<Error> failed(const char* what, const fs::path& path) {
    const DWORD error = ::GetLastError();
    return failure(HResult::from_win32(error),
                   std::string("Could not ") + what + " '" + utf8_from_path(path) + "'");
}

/// The file or folder itself, or, with `flags`, the link that has its name.
WinResult<Handle> open_for_rights(const fs::path& path, DWORD flags) {
    const HANDLE opened = ::CreateFileW(path.c_str(),
                                        READ_CONTROL | FILE_READ_ATTRIBUTES,
                                        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                        nullptr,
                                        OPEN_EXISTING,
                                        FILE_FLAG_BACKUP_SEMANTICS | flags,
                                        nullptr);
    if (opened == INVALID_HANDLE_VALUE) {
        return failed("open", path);
    }
    return Handle(opened);
}

/// Where the file really lies: through links, and below the letter of its drive or the name of its server.
WinResult<fs::path> real_path_of(const fs::path& path) {
    const WinResult<Handle> opened = open_for_rights(path, 0);
    if (!opened) {
        return propagate(opened.error());
    }
    std::wstring found(MAX_PATH, L'\0');
    for (;;) {
        const DWORD length = ::GetFinalPathNameByHandleW(opened->get(),
                                                         found.data(),
                                                         static_cast<DWORD>(found.size()),
                                                         FILE_NAME_NORMALIZED | VOLUME_NAME_DOS);
        if (length == 0) {
            return failed("find the real place of", path);
        }
        const bool has_fitted = length < found.size();
        found.resize(length);
        if (has_fitted) {
            break;
        }
    }
    constexpr std::wstring_view verbatim = L"\\\\?\\";
    constexpr std::wstring_view server = L"\\\\?\\UNC\\";
    if (found.starts_with(server)) {
        return fs::path(L"\\\\" + found.substr(server.size()));
    }
    return fs::path(found.starts_with(verbatim) ? found.substr(verbatim.size()) : found);
}

WinResult<std::string> known_folder(REFKNOWNFOLDERID id) {
    PWSTR found = nullptr;
    const HRESULT result = ::SHGetKnownFolderPath(id, KF_FLAG_DEFAULT, nullptr, &found);
    std::string path = SUCCEEDED(result) ? to_utf8_lossy(found) : std::string();
    ::CoTaskMemFree(found);
    if (FAILED(result)) {
        return failure(HResult(result), "Could not ask Windows for a folder of the machine's");
    }
    return path;
}

WinResult<std::optional<std::string>> find_open(const fs::path& start) {
    FileChange change = FileChange::Any;
    int level = 0;
    for (fs::path path = start;; path = path.parent_path(), ++level) {
        const WinResult<Handle> opened = open_for_rights(path, 0);
        if (!opened) {
            return propagate(opened.error());
        }
        const std::string text = utf8_from_path(path);
        change = level < 2 ? FileChange::Any : FileChange::Replace;
        const WinResult<bool> is_open =
            others_can(change, TrustedUsers::WithTheInstaller, opened->get(), text);
        if (!is_open) {
            return propagate(is_open.error());
        }
        if (*is_open) {
            return text;
        }
        if (path == path.root_path() || !path.has_relative_path()) {
            return std::nullopt;
        }
    }
}

}  // namespace

WinResult<std::optional<std::string>> find_open_to_others(std::string_view path) {
    const fs::path named = path_from_utf8(path);
    const WinResult<fs::path> real = real_path_of(named);
    if (!real) {
        return propagate(real.error());
    }
    WinResult<std::optional<std::string>> open = find_open(*real);
    if (!open || *open || *real == named) {
        return open;
    }
    // The links on the way are replaced where they lie, not where they lead to.
    return find_open(named.lexically_normal());
}

WinResult<> make_protected_folder(std::string_view path) {
    const fs::path folder = path_from_utf8(path);
    const auto descriptor = ProtectingDescriptor::make_for_administrators();
    if (!descriptor) {
        return propagate(descriptor.error());
    }
    SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor->raw(), FALSE};
    if (::CreateDirectoryW(folder.c_str(), &attributes) != 0) {
        return {};
    }
    if (::GetLastError() != ERROR_ALREADY_EXISTS) {
        return failed("make the folder", folder);
    }
    const WinResult<Handle> opened = open_for_rights(folder, FILE_FLAG_OPEN_REPARSE_POINT);
    if (!opened) {
        return propagate(opened.error());
    }
    BY_HANDLE_FILE_INFORMATION found{};
    if (::GetFileInformationByHandle(opened->get(), &found) == 0) {
        return failed("ask what it is:", folder);
    }
    const std::string text = utf8_from_path(folder);
    const WinResult<bool> is_open =
        others_can(FileChange::Any, TrustedUsers::WithTheInstaller, opened->get(), text);
    if (!is_open) {
        return propagate(is_open.error());
    }
    const DWORD kind =
        found.dwFileAttributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT);
    if (kind != FILE_ATTRIBUTE_DIRECTORY || *is_open) {
        return failure(HResult::access_denied,
                       "'" + text +
                           "' is not used, because it is no folder that only administrators can "
                           "change; look at what is in it, and remove it");
    }
    return {};
}

WinResult<std::string> program_data_folder() {
    return known_folder(FOLDERID_ProgramData);
}

WinResult<std::string> program_files_folder() {
    return known_folder(FOLDERID_ProgramFiles);
}

}  // namespace wslplugins::platform
