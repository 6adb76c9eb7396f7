// SPDX-License-Identifier: MIT
/// @file
/// Random bytes that nobody can guess, from the operating system.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstddef>
#include <span>

namespace wslplugins::platform {

[[nodiscard]] WinResult<> fill_random(std::span<std::byte> bytes);

}  // namespace wslplugins::platform
