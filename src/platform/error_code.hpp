// SPDX-License-Identifier: MIT
/// @file
/// The HRESULT that stands for a standard error code.
#pragma once

#include <wslplugins/core/hresult.hpp>

#include <system_error>

namespace wslplugins::platform {

/// @return ERROR_UNHANDLED_EXCEPTION for a code of a category that means nothing to the system, or no error.
[[nodiscard]] HResult hresult_of(const std::error_code& code) noexcept;

}  // namespace wslplugins::platform
