// SPDX-License-Identifier: MIT
/// @file
/// Text across the border: UTF-8 `std::string` on the plugin's side, UTF-16 on WSL's.
///
/// The conversions are strict. Text that has no exact counterpart on the other side is an error and is
/// never cut or patched: a policy must not decide on a name that differs from the real one.
#pragma once

#include <wslplugins/core/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace wslplugins {

/// @{
/// UTF-16, as WSL has it.
using WideString = std::basic_string<abi::WCHAR>;
using WideStringView = std::basic_string_view<abi::WCHAR>;
/// @}

/// @return ERROR_NO_UNICODE_TRANSLATION for an unpaired surrogate.
[[nodiscard]] WinResult<std::string> to_utf8(WideStringView text);

/// @return ERROR_NO_UNICODE_TRANSLATION for text that is not well-formed UTF-8 (overlong forms, surrogates
///         and code points past U+10FFFF included).
[[nodiscard]] WinResult<WideString> to_utf16(std::string_view text);

/// As `to_utf16`, for text that WSL reads up to the first NUL.
/// @return besides, E_INVALIDARG for an embedded NUL, which would cut the text silently.
[[nodiscard]] WinResult<WideString> to_utf16_for_wsl(std::string_view text);

/// Checks text that WSL reads as bytes up to the first NUL, and copies it.
/// @return E_INVALIDARG for an embedded NUL.
[[nodiscard]] WinResult<std::string> bytes_for_wsl(std::string_view text);

/// Text that WSL passed: NULL and "" are one thing, none.
[[nodiscard]] WinResult<std::optional<std::string>> optional_utf8(const abi::WCHAR* text);

/// For messages and logs only: as `to_utf8`, but U+FFFD stands for what cannot be converted.
[[nodiscard]] std::string to_utf8_lossy(WideStringView text);

/// For messages and logs only: as `to_utf16`, but U+FFFD stands for what cannot be converted.
[[nodiscard]] WideString to_utf16_lossy(std::string_view text);

}  // namespace wslplugins
