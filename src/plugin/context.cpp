// SPDX-License-Identifier: MIT
#include <wslplugins/plugin/context.hpp>

#include "plugin/hook_listener.hpp"

namespace wslplugins {

Context::~Context() {
    delete detail::ContextInternals::listener(*this);
}

}  // namespace wslplugins
