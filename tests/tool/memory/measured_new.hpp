// SPDX-License-Identifier: MIT
/// @file
/// How much memory this program holds, by an operator new of its own.
#pragma once

#include <atomic>
#include <cstddef>

namespace wslplugins::tool::test {

inline std::atomic<std::size_t> held_bytes{0};
inline std::atomic<std::size_t> most_held_bytes{0};  ///< Since somebody has set it last.

}  // namespace wslplugins::tool::test
