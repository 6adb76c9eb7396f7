// SPDX-License-Identifier: MIT
#include "guest/proc_tree.hpp"

#include "guest/tree.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <dirent.h>
#include <memory>
#include <string_view>
#include <sys/mount.h>
#include <sys/stat.h>
#include <vector>

namespace wslplugins::guest {
namespace {

constexpr std::array<std::string_view, 8> hidden{"kcore",
                                                 "keys",
                                                 "key-users",
                                                 "kmsg",
                                                 "timer_list",
                                                 "timer_stats",
                                                 "sched_debug",
                                                 "latency_stats"};

/// The kernel's own entries; links and processes left out. All of them, whatever their mode is: an entry is
/// one for the whole kernel, and chmod or chown through any /proc changes it in every namespace.
std::vector<std::string> kernel_entries(const std::string& proc) {
    std::vector<std::string> entries;
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(proc.c_str()), ::closedir);
    for (const dirent* entry = folder ? ::readdir(folder.get()) : nullptr; entry != nullptr;
         entry = ::readdir(folder.get())) {
        const std::string name = entry->d_name;
        struct stat status{};
        const bool is_process = std::isdigit(static_cast<unsigned char>(name.front())) != 0;
        if (name.starts_with('.') || is_process ||
            std::ranges::find(hidden, name) != hidden.end() ||
            ::lstat((proc + "/" + name).c_str(), &status) < 0) {
            continue;
        }
        if (S_ISDIR(status.st_mode) || S_ISREG(status.st_mode)) {
            entries.push_back(name);
        }
    }
    return entries;
}

Step<> cover(const std::string& source, const std::string& target) {
    constexpr std::uint64_t attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
    const auto tree = copy_tree(source, attributes);
    if (!tree) {
        return std::unexpected(tree.error());
    }
    return attach_tree(*tree, target);
}

}  // namespace

Step<> mount_proc(const std::string& target) {
    if (::mount("proc", target.c_str(), "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) < 0) {
        return failed("Mounting /proc (in a container without privileges its own /proc must not be "
                      "masked)");
    }
    for (const std::string& name : kernel_entries(target)) {
        if (const auto covered = cover(target + "/" + name, target + "/" + name); !covered) {
            return covered;
        }
    }
    for (const std::string_view name : hidden) {
        const std::string path = target + "/" + std::string(name);
        if (::access(path.c_str(), F_OK) < 0) {
            continue;
        }
        if (const auto covered = cover("/dev/null", path); !covered) {
            return covered;
        }
    }
    return {};
}

}  // namespace wslplugins::guest
