// SPDX-License-Identifier: MIT
#include <wslplugins/plugin/context.hpp>

#include "plugin/hook_listener.hpp"

namespace wslplugins {

void detail::ContextLog::write(const LogRecord& record) noexcept {
    first_->write(record);
    if (auto* const added = more.load(std::memory_order_acquire); added != nullptr) {
        added->write(record);
    }
}

Context::~Context() {
    delete detail::ContextInternals::listener(*this);
    delete sinks_.more.load(std::memory_order_acquire);
}

}  // namespace wslplugins
