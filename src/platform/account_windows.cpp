// SPDX-License-Identifier: MIT
#include "platform/account.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

namespace wslplugins::platform {
namespace {

/// UNLEN and the longest DNS name, with their terminators.
constexpr DWORD longest_name = 257;
constexpr DWORD longest_domain = 256;

}  // namespace

WinResult<Account> account_of(const void* sid) {
    wchar_t name[longest_name];
    wchar_t domain[longest_domain];
    DWORD name_size = longest_name;
    DWORD domain_size = longest_domain;
    SID_NAME_USE use{};
    const PSID asked = const_cast<void*>(sid);  // the function takes no const
    if (::LookupAccountSidW(nullptr, asked, name, &name_size, domain, &domain_size, &use) == 0) {
        return failure(HResult::from_win32(::GetLastError()), "Windows knows no name for it");
    }
    auto utf8_domain = to_utf8(domain);
    if (!utf8_domain) {
        return propagate(std::move(utf8_domain.error()));
    }
    auto utf8_name = to_utf8(name);
    if (!utf8_name) {
        return propagate(std::move(utf8_name.error()));
    }
    return Account{std::move(*utf8_domain), std::move(*utf8_name)};
}

}  // namespace wslplugins::platform
