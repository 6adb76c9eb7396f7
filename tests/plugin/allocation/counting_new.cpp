// SPDX-License-Identifier: MIT
// Apart from the tests, so that the compiler does not look through `new` and take its `free` for a mistake.
#include "plugin/allocation/counting_new.hpp"

#include <cstdlib>
#include <new>

std::atomic<int> wslplugins::tests::allocations = 0;
std::atomic<bool> wslplugins::tests::memory_is_out = false;

void* operator new(std::size_t size) {
    ++wslplugins::tests::allocations;
    if (!wslplugins::tests::memory_is_out) {
        if (void* const memory = std::malloc(size == 0 ? 1 : size)) {
            return memory;
        }
    }
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
