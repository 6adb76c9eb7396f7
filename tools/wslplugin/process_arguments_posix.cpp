// SPDX-License-Identifier: MIT
#include "process_arguments.hpp"

#include "platform/paths.hpp"

namespace wslplugins::tool {

WinResult<std::vector<std::string>> process_arguments(int count, char** values) {
    return std::vector<std::string>(values + (count > 0 ? 1 : 0), values + count);
}

std::string program_for_plugins() {
    const auto program = platform::executable_path();
    return program ? platform::utf8_from_path(*program) : std::string();
}

void prepare_standard_streams() noexcept {}

}  // namespace wslplugins::tool
