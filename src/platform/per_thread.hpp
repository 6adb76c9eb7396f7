// SPDX-License-Identifier: MIT
/// @file
/// `PerThread`: a value of each thread's own that is destroyed when the thread ends.
///
/// It stands in place of a `thread_local` variable whose type has a destructor: MinGW's runtime frees the memory of a
/// thread's variables before it destroys them, and what another thread has written there meanwhile is taken for the
/// variable's.
#pragma once

#include <cstdint>
#include <memory>

namespace wslplugins::platform {

/// A pointer of each thread's own, null at first. The slot is kept as long as the process runs: a thread may end later
/// than whatever has the slot.
class ThreadSlot {
public:
    using AtEnd = void (*)(void* value);

    /// @param at_end is called at the end of every thread whose pointer is not null, with that pointer.
    /// @throws std::system_error when the system has no more slots; without exceptions the program is aborted.
    explicit ThreadSlot(AtEnd at_end);

    [[nodiscard]] void* get() const noexcept;

    /// @throws std::system_error for want of memory; without exceptions the program is aborted.
    void set(void* value) const;

private:
    std::uint32_t index_;
};

/// For variables that live as long as the process. The value of the thread that ends the process is not destroyed.
template <class T>
class PerThread {
public:
    PerThread() : slot_([](void* value) { delete static_cast<T*>(value); }) {}

    /// This thread's value; its first use makes it.
    [[nodiscard]] T& get() const {
        if (void* const value = slot_.get()) {
            return *static_cast<T*>(value);
        }
        auto made = std::make_unique<T>();
        slot_.set(made.get());
        return *made.release();
    }

private:
    ThreadSlot slot_;
};

}  // namespace wslplugins::platform
