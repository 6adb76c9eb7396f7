// SPDX-License-Identifier: MIT
#include "platform/account.hpp"

namespace wslplugins::platform {

WinResult<Account> account_of(const void*) {
    return failure(HResult::not_supported, "Only Windows knows the accounts of SIDs");
}

}  // namespace wslplugins::platform
