// SPDX-License-Identifier: MIT
#include <wslplugins/api/exit_status.hpp>

namespace wslplugins {

std::string to_string(ExitStatus status) {
    if (const auto signal = status.signal()) {
        return "signal " + std::to_string(*signal);
    }
    return "exit code " + std::to_string(status.code().value_or(0));
}

}  // namespace wslplugins
