// SPDX-License-Identifier: MIT
/// @file
/// The basic types of the WSL plugin ABI, under the names that Windows gives them.
///
/// They are declared here so that no public header needs a platform header. Every type has the size
/// and the alignment of its Windows namesake on 64-bit Windows (LLP64), on Linux too: a plugin built
/// as a shared object for tests sees the layouts that the DLL sees.
#pragma once

#include <cstdint>

namespace wslplugins::abi {

/// UTF-16 code unit: `wchar_t` where that is 16 bits wide (Windows), `char16_t` elsewhere.
#if defined(_WIN32)
using WCHAR = wchar_t;
#else
using WCHAR = char16_t;
#endif

/// @{
/// Windows' type of that name, in its size there.
using HRESULT = std::int32_t;
using BOOL = std::int32_t;
using DWORD = std::uint32_t;
using UINT64 = std::uint64_t;
using HANDLE = void*;
using PSID = void*;
using SOCKET = std::uintptr_t;
using LPCWSTR = const WCHAR*;
using LPCSTR = const char*;
/// @}

/// Windows' struct of that name.
struct GUID {
    /// @{
    /// As Windows lays them out: the first three are integers in the computer's byte order.
    std::uint32_t Data1;
    std::uint16_t Data2;
    std::uint16_t Data3;
    std::uint8_t Data4[8];
    /// @}
};

}  // namespace wslplugins::abi
