// SPDX-License-Identifier: MIT
/// @file
/// The page calls that Windows and POSIX spell differently; `guarded_memory.cpp` is written on them once.
#pragma once

#include <wslplugins/core/hresult.hpp>

#include <cstddef>

namespace wslplugins::platform::guarded_pages {

[[nodiscard]] std::size_t page_size() noexcept;

/// Maps `usable` zero-filled bytes and, behind them, `guard` bytes that nothing may touch; both are whole pages.
[[nodiscard]] void* map(std::size_t usable, std::size_t guard, HResult& error) noexcept;

/// Takes every right to usable pages away. Of no effect where the system refuses.
void forbid(void* pages, std::size_t size) noexcept;

/// `mapped` is the usable bytes and the guard together.
void unmap(void* mapping, std::size_t mapped) noexcept;

}  // namespace wslplugins::platform::guarded_pages
