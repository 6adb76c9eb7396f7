// SPDX-License-Identifier: MIT
#include "process_arguments.hpp"

#include <wslplugins/core/text.hpp>

#include <windows.h>
// windows.h first: shellapi.h needs its types.
#include <fcntl.h>
#include <io.h>
#include <shellapi.h>

#include <cstdio>
#include <memory>

namespace wslplugins::tool {

WinResult<std::vector<std::string>> process_arguments(int, char**) {
    int count = 0;
    const std::unique_ptr<wchar_t*, decltype(&::LocalFree)> values(
        ::CommandLineToArgvW(::GetCommandLineW(), &count), &::LocalFree);
    if (!values) {
        return failure(HResult::from_win32(::GetLastError()), "Could not read the command line");
    }
    std::vector<std::string> arguments;
    for (int i = 1; i < count; ++i) {
        WinResult<std::string> argument = to_utf8(values.get()[i]);
        if (!argument) {
            return failure(argument.error().code(),
                           "Argument " + std::to_string(i) + " is not well-formed Unicode");
        }
        arguments.push_back(std::move(*argument));
    }
    return arguments;
}

std::string program_for_plugins() {
    return {};
}

void prepare_standard_streams() noexcept {
    ::SetConsoleOutputCP(CP_UTF8);
    ::_setmode(::_fileno(stdout), _O_BINARY);
    ::_setmode(::_fileno(stderr), _O_BINARY);
}

}  // namespace wslplugins::tool
