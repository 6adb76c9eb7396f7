// SPDX-License-Identifier: MIT
#include <wslplugins/core/error.hpp>

namespace wslplugins {

std::string Error::to_string() const {
    const std::string code = wslplugins::to_string(code_);
    return text_.empty() ? code : text_ + ": " + code;
}

}  // namespace wslplugins
