// SPDX-License-Identifier: MIT
/// @file
/// For a plugin that calls Windows itself: the platform's headers in the order that works, and conversions
/// between this framework's types and Windows'. The only public header that includes a platform header.
///
/// Where Microsoft's own WslPluginApi.h can be included, it is, and must agree with this framework on every
/// constant, offset, size and signature that both have; else the plugin does not compile.
#pragma once

#if !defined(_WIN32)
#    error                                                                                         \
        "wslplugins: <wslplugins/interop_windows.hpp> is for Windows. Include it in *_windows.cpp files only."
#endif
#if defined(SOCKET_ERROR) && !defined(_WINSOCK2API_)
#    error                                                                                         \
        "wslplugins: <windows.h> came before <winsock2.h> and brought the old <winsock.h>. Include <wslplugins/interop_windows.hpp> first, or define WIN32_LEAN_AND_MEAN for the whole plugin."
#endif

// The macros min and max break C++; a plugin that wants them has them from its own include of <windows.h>.
// clang-format off: the order is the point
#if defined(NOMINMAX)
#    include <winsock2.h>
#    include <windows.h>
#else
#    define NOMINMAX
#    include <winsock2.h>
#    include <windows.h>
#    undef NOMINMAX
#endif
// clang-format on
#if __has_include(<WslPluginApi.h>)
#    include <WslPluginApi.h>
#    include <wslplugins/interop/microsoft_header.hpp>
#endif

#include <wslplugins/api/raw_process.hpp>
#include <wslplugins/core/guid.hpp>
#include <wslplugins/core/hresult.hpp>

#include <bit>
#include <cstdint>
#include <type_traits>

namespace wslplugins::interop {

static_assert(std::is_same_v<::SOCKET, abi::SOCKET>);
static_assert(std::is_same_v<::HANDLE, abi::HANDLE> && std::is_same_v<::PSID, abi::PSID>);
static_assert(std::is_same_v<::LPCWSTR, abi::LPCWSTR>);
static_assert(sizeof(::HRESULT) == sizeof(abi::HRESULT) && sizeof(::BOOL) == sizeof(abi::BOOL));

/// The same code in Windows' own type.
[[nodiscard]] constexpr ::HRESULT to_native(HResult code) noexcept {
    return code.value();
}

/// The same code in this framework's type.
[[nodiscard]] constexpr HResult from_native(::HRESULT code) noexcept {
    return HResult(static_cast<abi::HRESULT>(code));
}

/// The same GUID in Windows' own type.
[[nodiscard]] constexpr ::GUID to_native(const Guid& guid) noexcept {
    return std::bit_cast<::GUID>(guid.raw());
}

/// The same GUID in this framework's type.
[[nodiscard]] constexpr Guid from_native(const ::GUID& guid) noexcept {
    return Guid(std::bit_cast<abi::GUID>(guid));
}

/// The connection with the program's standard input and output; the caller closes it with `closesocket`.
[[nodiscard]] inline ::SOCKET to_native(RawProcess&& process) noexcept {
    return process.release();
}

/// The error of the last Windows call on this thread that says to use `GetLastError`.
[[nodiscard]] inline HResult last_error() noexcept {
    return HResult::from_win32(::GetLastError());
}

}  // namespace wslplugins::interop
