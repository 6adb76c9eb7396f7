// SPDX-License-Identifier: MIT
#include "platform/child_processes.hpp"

#include <filesystem>
#include <fstream>
#include <string>

namespace wslplugins::platform {

WinResult<std::set<std::uint64_t>> child_processes() {
    std::set<std::uint64_t> children;
    std::error_code error;
    // A child is listed below the thread that started it, and below another one once that has ended.
    std::filesystem::directory_iterator thread("/proc/self/task", error);
    for (; !error && thread != std::filesystem::directory_iterator(); thread.increment(error)) {
        std::ifstream list(thread->path() / "children");
        for (std::uint64_t child = 0; list >> child;) {
            children.insert(child);
        }
    }
    if (error) {
        return failure(HResult::from_errno(error.value()),
                       "Listing this process's children failed");
    }
    return children;
}

}  // namespace wslplugins::platform
