// SPDX-License-Identifier: MIT
#include "plugin/unloading/module_state.hpp"

#include <windows.h>

#include <string_view>

namespace wslplugins::tests {

bool is_loaded(const std::string& path) {
    const std::string name = path.substr(path.find_last_of("/\\") + 1);
    return ::GetModuleHandleA(name.c_str()) != nullptr;
}

}  // namespace wslplugins::tests
