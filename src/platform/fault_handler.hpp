// SPDX-License-Identifier: MIT
/// @file
/// The part of `watched_memory.cpp` that Windows and POSIX spell differently.
#pragma once

#include <cstdint>
#include <string_view>

namespace wslplugins::platform::fault_handler {

/// Sees every memory fault of the process from now on, asks `sentence_at` for its address, and writes what it gives.
/// Called once.
void install() noexcept;

/// The sentence for memory with that address in it, with a line feed; empty without one, and from the second time on.
/// Does nothing that a handler of a fault may not do.
[[nodiscard]] std::string_view sentence_at(std::uintptr_t address) noexcept;

}  // namespace wslplugins::platform::fault_handler
