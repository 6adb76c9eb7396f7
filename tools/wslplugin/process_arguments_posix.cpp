// SPDX-License-Identifier: MIT
#include "process_arguments.hpp"

namespace wslplugins::tool {

WinResult<std::vector<std::string>> process_arguments(int count, char** values) {
    return std::vector<std::string>(values + (count > 0 ? 1 : 0), values + count);
}

void prepare_standard_streams() noexcept {}

}  // namespace wslplugins::tool
