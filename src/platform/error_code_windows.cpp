// SPDX-License-Identifier: MIT
#include "platform/error_code.hpp"

namespace wslplugins::platform {

HResult hresult_of(const std::error_code& code) noexcept {
    if (!code) {
        return HResult::unhandled_exception;
    }
    if (code.category() == std::generic_category()) {
        return HResult::from_errno(code.value());
    }
    if (code.category() != std::system_category()) {
        return HResult::unhandled_exception;
    }
    // Both Win32 errors and, from some libraries, HRESULTs are thrown under this category.
    return code.value() < 0 ? HResult(code.value())
                            : HResult::from_win32(static_cast<std::uint32_t>(code.value()));
}

}  // namespace wslplugins::platform
