// SPDX-License-Identifier: MIT
#include <wslplugins/core/version.hpp>

namespace wslplugins {

std::string to_string(const Version& version) {
    return std::to_string(version.major) + '.' + std::to_string(version.minor) + '.' +
           std::to_string(version.revision);
}

}  // namespace wslplugins
