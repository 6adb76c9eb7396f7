// SPDX-License-Identifier: MIT
/// @file
/// The one place that says what a code means that WSL answers a plugin's call with.
#pragma once

#include <wslplugins/core/result.hpp>

#include <string>

namespace wslplugins::detail {

/// `what` ("Starting '/bin/cat' in session 0") failed with `code`: the sentence says why, as far as the code
/// tells, and what to do.
[[nodiscard]] std::unexpected<Error> call_failure(HResult code, const std::string& what);

}  // namespace wslplugins::detail
