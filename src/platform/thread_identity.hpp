// SPDX-License-Identifier: MIT
/// @file
/// As whom the calling thread acts.
#pragma once

#include <wslplugins/core/result.hpp>

namespace wslplugins::platform {

/// Makes the thread act as the token's user.
/// @return the token with which the thread acted before, NULL for none; `stop_impersonation` closes it.
///         ERROR_NOT_SUPPORTED where there are no tokens.
[[nodiscard]] WinResult<abi::HANDLE> start_impersonation(abi::HANDLE token);

/// Makes the thread act as before. Ends the process where that fails: nothing may go on as the wrong user.
void stop_impersonation(abi::HANDLE before) noexcept;

}  // namespace wslplugins::platform
