// SPDX-License-Identifier: MIT
#include "platform/protected_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace wslplugins::platform {
namespace {

std::unexpected<Error> failed(const std::string& what) {
    const int error = errno;
    if (error == ELOOP || error == ENOTDIR) {
        return failure(HResult::access_denied, what + " failed: it is a link, or no folder");
    }
    return failure(HResult::from_errno(error), what + " failed");
}

/// Of nobody's but the system's or this process's user, and written by none but the owner.
WinResult<> check_owner(const struct stat& found, const std::string& path) {
    const bool is_ours = found.st_uid == 0 || found.st_uid == geteuid();
    if (!is_ours || (found.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return failure(HResult::access_denied,
                       "'" + path +
                           "' is not used for a log, because others can change it; remove "
                           "it, or take their rights away");
    }
    return {};
}

bool is_file_name(std::string_view name) {
    return !name.empty() && name != "." && name != ".." &&
           name.find_first_of(std::string_view("/\0", 2)) == std::string_view::npos;
}

int descriptor(std::intptr_t handle) {
    return static_cast<int>(handle);
}

}  // namespace

WinResult<ProtectedFile> ProtectedFile::open(std::string_view folder, std::string_view name) {
    if (!folder.starts_with('/') || folder.find('\0') != std::string_view::npos ||
        !is_file_name(name)) {
        return failure(HResult::invalid_argument,
                       "A log needs the absolute path of a folder and the name of a file");
    }
    ProtectedFile opened;
    opened.folder_path_ = std::string(folder);
    opened.name_ = std::string(name);
    const std::string& path = opened.folder_path_;
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
        return failed("Making the folder '" + path + "'");
    }
    opened.folder_ = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (opened.folder_ < 0) {
        return failed("Opening the folder '" + path + "'");
    }
    struct stat found{};
    if (fstat(descriptor(opened.folder_), &found) != 0) {
        return failed("Asking who owns '" + path + "'");
    }
    if (auto good = check_owner(found, path); !good) {
        return propagate(std::move(good.error()));
    }
    if (auto good = opened.open_file(false); !good) {
        return propagate(std::move(good.error()));
    }
    return opened;
}

WinResult<> ProtectedFile::open_file(bool must_be_new) {
    const std::string path = folder_path_ + "/" + name_;
    file_ = ::openat(descriptor(folder_),
                     name_.c_str(),
                     O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC |
                         (must_be_new ? O_EXCL : 0),
                     0600);
    if (file_ < 0) {
        return failed("Opening '" + path + "'");
    }
    struct stat found{};
    WinResult<> good;
    if (fstat(descriptor(file_), &found) != 0) {
        good = failed("Asking who owns '" + path + "'");
    } else if (!S_ISREG(found.st_mode) || found.st_nlink != 1) {
        good = failure(HResult::access_denied,
                       "'" + path +
                           "' is not used for a log, because it is no file, or has "
                           "another name besides; remove it");
    } else {
        good = check_owner(found, path);
    }
    if (!good) {
        close_file();
        return good;
    }
    size_ = static_cast<std::uint64_t>(found.st_size);
    return {};
}

WinResult<> ProtectedFile::append(std::string_view bytes) {
    if (file_ < 0) {
        if (auto opened = open_file(false); !opened) {
            return opened;
        }
    }
    std::string_view rest = bytes;
    while (!rest.empty()) {
        const ssize_t written = ::write(descriptor(file_), rest.data(), rest.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            auto error = failed("Writing to '" + folder_path_ + "/" + name_ + "'");
            // Half a line would spoil the next one.
            (void)!ftruncate(descriptor(file_), static_cast<off_t>(size_));
            return error;
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    size_ += bytes.size();
    return {};
}

WinResult<> ProtectedFile::begin_anew() {
    const std::string before = name_ + ".1";
    if (renameat(descriptor(folder_), name_.c_str(), descriptor(folder_), before.c_str()) != 0) {
        return failed("Renaming '" + folder_path_ + "/" + name_ + "'");
    }
    close_file();
    return open_file(true);
}

void ProtectedFile::close_file() noexcept {
    if (file_ >= 0) {
        (void)::close(descriptor(file_));
        file_ = -1;
        size_ = 0;
    }
}

void ProtectedFile::close() noexcept {
    close_file();
    if (folder_ >= 0) {
        (void)::close(descriptor(folder_));
        folder_ = -1;
    }
}

}  // namespace wslplugins::platform
