// SPDX-License-Identifier: MIT
#include "platform/this_module.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

namespace wslplugins::platform {

std::string this_module_name() {
    static constexpr char anywhere = 0;
    constexpr DWORD by_address_without_owning =
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    HMODULE module = nullptr;
    wchar_t path[1024];
    if (!::GetModuleHandleExW(
            by_address_without_owning, reinterpret_cast<const wchar_t*>(&anywhere), &module)) {
        return {};
    }
    const DWORD length = ::GetModuleFileNameW(module, path, static_cast<DWORD>(std::size(path)));
    WideStringView name(path, length);
    name.remove_prefix(name.find_last_of(L"\\/") + 1);  // npos + 1 is 0
    return to_utf8_lossy(name.substr(0, name.rfind(L'.')));
}

}  // namespace wslplugins::platform
