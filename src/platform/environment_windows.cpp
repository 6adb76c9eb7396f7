// SPDX-License-Identifier: MIT
#include "platform/environment.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>

#include <cstdlib>

namespace wslplugins::platform {
namespace {

std::unexpected<Error> refused(const std::string& name, HResult code) {
    return failure(code, "Could not set the environment variable '" + name + "'");
}

}  // namespace

WinResult<> set_environment_variable(const std::string& name,
                                     const std::optional<std::string>& value) {
    const auto wide_name = to_utf16_for_wsl(name);
    const auto wide_value = to_utf16_for_wsl(value.value_or(std::string()));
    if (!wide_name || !wide_value || name.empty() || name.find('=') != std::string::npos) {
        return refused(name, HResult::invalid_argument);
    }
    // The C library has a copy of its own, where a DLL that shares it looks; that one can hold no empty value.
    std::wstring assignment = *wide_name;
    assignment.append(1, L'=').append(*wide_value);
    (void)::_wputenv(assignment.c_str());
    if (::SetEnvironmentVariableW(wide_name->c_str(), value ? wide_value->c_str() : nullptr) == 0 &&
        value) {
        return refused(name, HResult::from_win32(::GetLastError()));
    }
    return {};
}

}  // namespace wslplugins::platform
