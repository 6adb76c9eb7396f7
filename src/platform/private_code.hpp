// SPDX-License-Identifier: MIT
/// @file
/// `private_code_size`: executable memory that no file stands behind.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstddef>

namespace wslplugins::platform {

/// How many bytes of this process are executable without being part of a program or a library: what code that is made
/// at run time lies in.
/// @return what asking the system fails with.
[[nodiscard]] WinResult<std::size_t> private_code_size();

}  // namespace wslplugins::platform
