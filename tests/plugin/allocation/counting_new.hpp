// SPDX-License-Identifier: MIT
/// @file
/// How often this program has asked for memory: it has an operator new of its own.
#pragma once

#include <atomic>

namespace wslplugins::tests {

extern std::atomic<int> allocations;

/// While true, every request for memory fails.
extern std::atomic<bool> memory_is_out;

}  // namespace wslplugins::tests
