// SPDX-License-Identifier: MIT
#include "shown_hooks.hpp"

namespace wslplugins::tool {

std::vector<std::string> shown_hooks(const PluginRecord& record) {
    std::vector<std::string> names;
    for (unsigned bit = 0; bit < 64; ++bit) {
        if (!record.overrides(static_cast<Hook>(bit))) {
            continue;
        }
        names.push_back(bit < hook_slots.size() ? std::string(hook_slots[bit].name)
                                                : "hook " + std::to_string(bit));
    }
    return names;
}

}  // namespace wslplugins::tool
