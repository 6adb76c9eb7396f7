// SPDX-License-Identifier: MIT
#include "platform/file_rights.hpp"
#include "platform/protected_file.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

namespace wslplugins::platform {
namespace {

std::unexpected<Error> failed(const std::string& what) {
    return failure(HResult::from_win32(::GetLastError()), what + " failed");
}

std::unexpected<Error> unfit(const std::string& path, const char* why) {
    return failure(HResult::access_denied,
                   "'" + path + "' is not used for a log, because " + why + "; remove it");
}

HANDLE handle_of(std::intptr_t value) {
    return reinterpret_cast<HANDLE>(value);
}

/// With a drive, or on a server; nothing that Windows reads in another way.
bool is_absolute(std::string_view folder) {
    const bool has_drive = folder.size() > 3 && folder[1] == ':' && folder[2] == '\\';
    return has_drive || folder.starts_with("\\\\");
}

bool is_file_name(std::string_view name) {
    return !name.empty() && name != "." && name != ".." &&
           name.find_first_of("/\\:*?\"<>|") == std::string_view::npos;
}

/// What was opened is what it should be, is no link, and belongs to nobody else.
WinResult<std::uint64_t> check(HANDLE opened, const std::string& path, bool is_folder) {
    BY_HANDLE_FILE_INFORMATION found{};
    if (::GetFileInformationByHandle(opened, &found) == 0) {
        return failed("Asking what '" + path + "' is");
    }
    if ((found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) {
        return unfit(path, "it is a link");
    }
    if (((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0) != is_folder) {
        return unfit(path, is_folder ? "it is no folder" : "it is no file");
    }
    if (!is_folder && found.nNumberOfLinks != 1) {
        return unfit(path, "it has another name besides");
    }
    if (auto good = check_nobody_else_can_write(opened, path); !good) {
        return propagate(std::move(good.error()));
    }
    return (std::uint64_t{found.nFileSizeHigh} << 32) | found.nFileSizeLow;
}

WinResult<> make_folder(const WideString& wide, const std::string& path) {
    const auto descriptor = ProtectingDescriptor::make();
    if (!descriptor) {
        return propagate(descriptor.error());
    }
    SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor->raw(), FALSE};
    if (::CreateDirectoryW(wide.c_str(), &attributes) == 0 &&
        ::GetLastError() != ERROR_ALREADY_EXISTS) {
        return failed("Making the folder '" + path + "'");
    }
    return {};
}

}  // namespace

WinResult<ProtectedFile> ProtectedFile::open(std::string_view folder, std::string_view name) {
    const auto wide = to_utf16_for_wsl(folder);
    if (!wide || !to_utf16_for_wsl(name) || !is_absolute(folder) || !is_file_name(name)) {
        return failure(HResult::invalid_argument,
                       "A log needs the absolute path of a folder and the name of a file");
    }
    ProtectedFile opened;
    opened.folder_path_ = std::string(folder);
    opened.name_ = std::string(name);
    const std::string& path = opened.folder_path_;
    if (auto made = make_folder(*wide, path); !made) {
        return propagate(std::move(made.error()));
    }
    // Nobody can rename or remove the folder while it is open.
    const HANDLE handle = ::CreateFileW(wide->c_str(),
                                        READ_CONTROL | FILE_LIST_DIRECTORY | SYNCHRONIZE,
                                        FILE_SHARE_READ | FILE_SHARE_WRITE,
                                        nullptr,
                                        OPEN_EXISTING,
                                        FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT,
                                        nullptr);
    if (handle == INVALID_HANDLE_VALUE) {
        return failed("Opening the folder '" + path + "'");
    }
    opened.folder_ = reinterpret_cast<std::intptr_t>(handle);
    if (auto good = check(handle, path, true); !good) {
        return propagate(std::move(good.error()));
    }
    if (auto good = opened.open_file(false); !good) {
        return propagate(std::move(good.error()));
    }
    return opened;
}

WinResult<> ProtectedFile::open_file(bool must_be_new) {
    const std::string path = folder_path_ + "\\" + name_;
    const auto wide = to_utf16_for_wsl(path);
    if (!wide) {
        return propagate(wide.error());
    }
    const HANDLE handle = ::CreateFileW(wide->c_str(),
                                        GENERIC_WRITE | READ_CONTROL | FILE_READ_ATTRIBUTES,
                                        FILE_SHARE_READ,
                                        nullptr,
                                        must_be_new ? CREATE_NEW : OPEN_ALWAYS,
                                        FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT,
                                        nullptr);
    if (handle == INVALID_HANDLE_VALUE) {
        return failed("Opening '" + path + "'");
    }
    file_ = reinterpret_cast<std::intptr_t>(handle);
    const auto size = check(handle, path, false);
    if (!size) {
        close_file();
        return propagate(size.error());
    }
    size_ = *size;
    return {};
}

WinResult<> ProtectedFile::append(std::string_view bytes) {
    if (file_ == -1) {
        if (auto opened = open_file(false); !opened) {
            return opened;
        }
    }
    LARGE_INTEGER end{};
    end.QuadPart = static_cast<LONGLONG>(size_);
    DWORD written = 0;
    const bool done =
        ::SetFilePointerEx(handle_of(file_), end, nullptr, FILE_BEGIN) != 0 &&
        ::WriteFile(
            handle_of(file_), bytes.data(), static_cast<DWORD>(bytes.size()), &written, nullptr) !=
            0 &&
        written == bytes.size();
    if (!done) {
        auto error = failed("Writing to '" + folder_path_ + "\\" + name_ + "'");
        // Half a line would spoil the next one.
        if (::SetFilePointerEx(handle_of(file_), end, nullptr, FILE_BEGIN) != 0) {
            (void)::SetEndOfFile(handle_of(file_));
        }
        return error;
    }
    size_ += bytes.size();
    return {};
}

WinResult<> ProtectedFile::begin_anew() {
    const std::string path = folder_path_ + "\\" + name_;
    const auto from = to_utf16_for_wsl(path);
    const auto to = to_utf16_for_wsl(path + ".1");
    if (!from || !to) {
        return propagate((from ? to : from).error());
    }
    close_file();  // Windows renames no file that is open
    if (::MoveFileExW(from->c_str(), to->c_str(), MOVEFILE_REPLACE_EXISTING) == 0) {
        auto error = failed("Renaming '" + path + "'");
        (void)open_file(false);
        return error;
    }
    return open_file(true);
}

void ProtectedFile::close_file() noexcept {
    if (file_ != -1) {
        (void)::CloseHandle(handle_of(file_));
        file_ = -1;
        size_ = 0;
    }
}

void ProtectedFile::close() noexcept {
    close_file();
    if (folder_ != -1) {
        (void)::CloseHandle(handle_of(folder_));
        folder_ = -1;
    }
}

}  // namespace wslplugins::platform
