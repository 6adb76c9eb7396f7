// SPDX-License-Identifier: MIT
#include "platform/this_module.hpp"

#include <dlfcn.h>

#include <string_view>

namespace wslplugins::platform {

std::string this_module_name() {
    static constexpr char anywhere = 0;
    Dl_info info{};
    if (dladdr(&anywhere, &info) == 0 || info.dli_fname == nullptr) {
        return {};
    }
    std::string_view name = info.dli_fname;
    name.remove_prefix(name.rfind('/') + 1);  // npos + 1 is 0
    return std::string(name.substr(0, name.rfind('.')));
}

}  // namespace wslplugins::platform
