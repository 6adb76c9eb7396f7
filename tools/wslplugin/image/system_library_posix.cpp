// SPDX-License-Identifier: MIT
#include "image/system_library.hpp"

namespace wslplugins::tool {

std::filesystem::path system_folder() {
    return {};
}

}  // namespace wslplugins::tool
