// SPDX-License-Identifier: MIT
#include "platform/thread_identity.hpp"

#include <windows.h>

#include <cstdlib>

namespace wslplugins::platform {
namespace {

std::unexpected<Error> failed(const char* what) {
    return failure(HResult::from_win32(::GetLastError()), what);
}

}  // namespace

WinResult<abi::HANDLE> start_impersonation(abi::HANDLE token) {
    HANDLE before = nullptr;
    // Opened as the process: the user as whom the thread acts may have no right to it.
    if (::OpenThreadToken(::GetCurrentThread(), TOKEN_IMPERSONATE, TRUE, &before) == 0 &&
        ::GetLastError() != ERROR_NO_TOKEN) {
        return failed("Finding out as whom this thread acts failed");
    }
    HANDLE duplicate = nullptr;
    const bool started = ::DuplicateTokenEx(token,
                                            TOKEN_IMPERSONATE | TOKEN_QUERY,
                                            nullptr,
                                            SecurityImpersonation,
                                            TokenImpersonation,
                                            &duplicate) != 0 &&
                         ::SetThreadToken(nullptr, duplicate) != 0;
    auto result = started ? WinResult<abi::HANDLE>(before)
                          : WinResult<abi::HANDLE>(failed("Acting as the token's user failed"));
    if (duplicate != nullptr) {
        (void)::CloseHandle(duplicate);
    }
    if (!started && before != nullptr) {
        (void)::CloseHandle(before);
    }
    return result;
}

void stop_impersonation(abi::HANDLE before) noexcept {
    if (::SetThreadToken(nullptr, before) == 0) {
        std::abort();
    }
    if (before != nullptr) {
        (void)::CloseHandle(before);
    }
}

}  // namespace wslplugins::platform
