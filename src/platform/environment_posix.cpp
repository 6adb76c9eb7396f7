// SPDX-License-Identifier: MIT
#include "platform/environment.hpp"

#include <cerrno>
#include <cstdlib>

namespace wslplugins::platform {

WinResult<> set_environment_variable(const std::string& name,
                                     const std::optional<std::string>& value) {
    const int failed = value ? ::setenv(name.c_str(), value->c_str(), 1) : ::unsetenv(name.c_str());
    if (failed != 0) {
        const int error = errno;
        return failure(error == EINVAL ? HResult::invalid_argument : HResult::from_errno(error),
                       "Could not set the environment variable '" + name + "'");
    }
    return {};
}

}  // namespace wslplugins::platform
