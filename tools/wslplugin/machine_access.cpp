// SPDX-License-Identifier: MIT
#include "machine_access.hpp"

namespace wslplugins::tool {

ExitCode fail_on_machine(const Context& context, const Error& error) {
    std::string_view advice;
    if (error.code() == HResult::not_supported) {
        advice = "Run the Windows build of this tool, wslplugin.exe, on Windows or under Wine.";
    } else if (error.code() == HResult::access_denied) {
        advice = "Run this command as an administrator.";
    }
    return fail(context, ExitCode::Environment, error, advice);
}

}  // namespace wslplugins::tool
