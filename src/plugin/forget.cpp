// SPDX-License-Identifier: MIT
#include "plugin/hook_listener.hpp"

#include <wslplugins/plugin/linked_plugin.hpp>

#include <utility>

namespace wslplugins::detail {

bool forget(LoadedPlugin& loaded) noexcept {
    if (loaded.context == nullptr) {
        return true;
    }
    HookListener* const listener = ContextInternals::listener(*loaded.context);
    if (listener != nullptr && !listener->settle()) {
        return false;
    }
    // The plugin's members give back what they have of the context.
    delete std::exchange(loaded.plugin, nullptr);
    delete std::exchange(loaded.context, nullptr);
    return true;
}

}  // namespace wslplugins::detail
