// SPDX-License-Identifier: MIT
/// @file
/// `GuardedMemory`: zero-filled memory whose last byte lies right before a page that nothing may touch.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstddef>
#include <span>

namespace wslplugins::platform {

/// Owns the block. The tests and the test host place a table of an older WSL version in it, so that a
/// touch past the table's end faults at once instead of reading what happens to lie there.
class GuardedMemory {
public:
    /// `size` must be a multiple of 8, so that the block is aligned for pointers.
    [[nodiscard]] static WinResult<GuardedMemory> allocate(std::size_t size);

    GuardedMemory(GuardedMemory&& other) noexcept;
    GuardedMemory& operator=(GuardedMemory&& other) noexcept;
    ~GuardedMemory();

    [[nodiscard]] void* data() const noexcept { return data_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// The memory behind the block that nothing may touch.
    [[nodiscard]] std::span<const std::byte> guard() const noexcept;

    /// From now on nothing may touch the block either.
    void forbid() noexcept;

private:
    GuardedMemory(void* mapping, std::size_t mapped, void* data, std::size_t size) noexcept
        : mapping_(mapping), mapped_(mapped), data_(data), size_(size) {}
    void release() noexcept;

    void* mapping_;
    std::size_t mapped_;
    void* data_;
    std::size_t size_;
};

}  // namespace wslplugins::platform
