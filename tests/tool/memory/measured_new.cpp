// SPDX-License-Identifier: MIT
#include "tool/memory/measured_new.hpp"

#include <cstdlib>
#include <new>

namespace {

using namespace wslplugins::tool::test;

/// In front of each piece of memory: how long it is. As long as what malloc aligns to.
constexpr std::size_t head = alignof(std::max_align_t) > 16 ? alignof(std::max_align_t) : 16;

void free_measured(void* memory) noexcept {
    if (memory == nullptr) {
        return;
    }
    char* const whole = static_cast<char*>(memory) - head;
    held_bytes -= *reinterpret_cast<std::size_t*>(whole);
    std::free(whole);
}

}  // namespace

void* operator new(std::size_t size) {
    char* const whole = static_cast<char*>(std::malloc(size + head));
    if (whole == nullptr) {
        throw std::bad_alloc();
    }
    *reinterpret_cast<std::size_t*>(whole) = size;
    const std::size_t held = held_bytes += size;
    std::size_t most = most_held_bytes;
    while (held > most && !most_held_bytes.compare_exchange_weak(most, held)) {
    }
    return whole + head;
}

void operator delete(void* memory) noexcept {
    free_measured(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    free_measured(memory);
}
