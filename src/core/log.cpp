// SPDX-License-Identifier: MIT
#include <wslplugins/core/log.hpp>

namespace wslplugins {

std::string_view name_of(LogLevel level) noexcept {
    switch (level) {
        case LogLevel::Debug: return "debug";
        case LogLevel::Info: return "info";
        case LogLevel::Warning: return "warning";
        case LogLevel::Error: return "error";
    }
    return "unknown";
}

}  // namespace wslplugins
