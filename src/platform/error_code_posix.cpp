// SPDX-License-Identifier: MIT
#include "platform/error_code.hpp"

namespace wslplugins::platform {

HResult hresult_of(const std::error_code& code) noexcept {
    const bool is_errno =
        code.category() == std::system_category() || code.category() == std::generic_category();
    return is_errno && code ? HResult::from_errno(code.value()) : HResult::unhandled_exception;
}

}  // namespace wslplugins::platform
