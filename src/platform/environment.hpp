// SPDX-License-Identifier: MIT
/// @file
/// Changing this process's environment variables. Reading one is in `paths.hpp`.
#pragma once

#include <wslplugins/core/result.hpp>

#include <optional>
#include <string>

namespace wslplugins::platform {

/// Sets a variable for this process, its libraries and the programs that it starts; without a value it is removed.
/// UTF-8. No other thread may read the environment meanwhile.
/// @return E_INVALIDARG for an empty name, and for one with `=` in it.
[[nodiscard]] WinResult<> set_environment_variable(const std::string& name,
                                                   const std::optional<std::string>& value);

}  // namespace wslplugins::platform
