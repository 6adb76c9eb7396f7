// SPDX-License-Identifier: MIT
#include "wine/hand_over.hpp"

namespace wslplugins::tool {

Action handed_over(const CLI::App&, const std::vector<std::string>&, Action here) {
    return here;
}

std::vector<Diagnosed> missing_for_windows() {
    return {};
}

}  // namespace wslplugins::tool
