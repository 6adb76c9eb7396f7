// SPDX-License-Identifier: MIT
#include "plugin/unloading/module_state.hpp"

#include <dlfcn.h>

namespace wslplugins::tests {

bool is_loaded(const std::string& path) {
    void* const module = dlopen(path.c_str(), RTLD_LAZY | RTLD_NOLOAD);
    if (module != nullptr) {
        (void)dlclose(module);
    }
    return module != nullptr;
}

}  // namespace wslplugins::tests
