// SPDX-License-Identifier: MIT
#include <wslplugins/core/hresult.hpp>

#include <cerrno>

namespace wslplugins {

HResult HResult::from_errno(int error) noexcept {
    switch (error) {
        case 0: return ok;
        case EPERM:
        case EACCES: return access_denied;
        case ENOENT: return file_not_found;
        case ENOTDIR: return path_not_found;
        case ENOMEM: return out_of_memory;
        case EEXIST: return already_exists;
        case EINVAL: return invalid_argument;
        case EILSEQ: return no_unicode_translation;
        case ENOEXEC: return bad_executable_format;
        case EMFILE: return from_win32(4);          // ERROR_TOO_MANY_OPEN_FILES
        case EROFS: return from_win32(19);          // ERROR_WRITE_PROTECT
        case EBUSY: return from_win32(170);         // ERROR_BUSY
        case ENOSPC: return from_win32(112);        // ERROR_DISK_FULL
        case EPIPE: return from_win32(109);         // ERROR_BROKEN_PIPE
        case ENAMETOOLONG: return from_win32(206);  // ERROR_FILENAME_EXCED_RANGE
        case ENOTEMPTY: return from_win32(145);     // ERROR_DIR_NOT_EMPTY
        case ENOSYS:
        case EOPNOTSUPP: return not_supported;
        case ETIMEDOUT: return timeout;
        case ECANCELED: return from_win32(1223);      // ERROR_CANCELLED
        case ECONNREFUSED: return from_win32(10061);  // WSAECONNREFUSED
        case ECONNRESET: return from_win32(10054);    // WSAECONNRESET
        case ECONNABORTED: return from_win32(10053);  // WSAECONNABORTED
        case EADDRINUSE: return from_win32(10048);    // WSAEADDRINUSE
        case ENOTCONN: return from_win32(10057);      // WSAENOTCONN
        default: return fail;
    }
}

}  // namespace wslplugins
