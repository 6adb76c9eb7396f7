// SPDX-License-Identifier: MIT
/// @file
/// Whose account a Windows security identifier is.
#pragma once

#include <wslplugins/core/result.hpp>

#include <string>

namespace wslplugins::platform {

/// UTF-8.
struct Account {
    std::string domain;
    std::string name;
};

/// Asks the system, which may ask others and take long. `sid` is a well-formed SID.
/// @return ERROR_NONE_MAPPED for an account that nobody knows; ERROR_NOT_SUPPORTED where there are no SIDs.
[[nodiscard]] WinResult<Account> account_of(const void* sid);

}  // namespace wslplugins::platform
