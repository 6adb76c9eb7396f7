// SPDX-License-Identifier: MIT
/// @file
/// `threads_in_code`: which threads would miss a library that is released.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstdint>
#include <vector>

namespace wslplugins::platform {

/// Where a library's code lies, its end exclusive.
struct CodeRange {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
};

/// The code of the library, or program, that has this function; nothing where that cannot be said.
[[nodiscard]] CodeRange code_around(const void* function) noexcept;

/// The system's number of the calling thread.
[[nodiscard]] std::uint64_t this_thread_number() noexcept;

/// The system's numbers of the threads, the calling one not among them, that run in that code or have an address of
/// it on their stack, where a function returns to. One that an ended function left there counts too.
/// On Linux a thread that computes without a pause is not among them.
/// @return what asking the system fails with.
[[nodiscard]] WinResult<std::vector<std::uint64_t>> threads_in_code(const CodeRange& code);

}  // namespace wslplugins::platform
