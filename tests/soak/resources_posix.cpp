// SPDX-License-Identifier: MIT
#include "soak/resources.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <malloc.h>

// The sanitizers' allocators stand in for malloc and count by themselves.
extern "C" [[gnu::weak]] std::size_t __sanitizer_get_current_allocated_bytes();

namespace wslplugins::tests {
namespace {

std::size_t entries_of(const char* folder) {
    const std::filesystem::directory_iterator entries(folder);
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

std::size_t lines_of(const char* path) {
    std::ifstream file(path);
    return static_cast<std::size_t>(
        std::count(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>(), '\n'));
}

std::size_t allocated() {
    if (&__sanitizer_get_current_allocated_bytes != nullptr) {
        return __sanitizer_get_current_allocated_bytes();
    }
    const auto heap = ::mallinfo2();
    return heap.uordblks + heap.hblkhd;
}

}  // namespace

Resources Resources::now() {
    return {entries_of("/proc/self/fd"),
            entries_of("/proc/self/task"),
            lines_of("/proc/self/mountinfo"),
            allocated()};
}

}  // namespace wslplugins::tests
