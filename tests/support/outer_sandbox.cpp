// SPDX-License-Identifier: MIT
#include "support/outer_sandbox.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace wslplugins::tests {
namespace {

constexpr int could_not_prepare = 77;

[[noreturn]] void give_up(const char* step) {
    std::perror(step);
    ::_exit(could_not_prepare);
}

void write_file(const char* path, const std::string& text) {
    std::ofstream file(path);
    file << text << std::flush;
    if (!file) {
        give_up(path);
    }
}

void make_namespaces() {
    const std::string user = std::to_string(::geteuid());
    const std::string group = std::to_string(::getegid());
    const bool is_root = ::geteuid() == 0;
    constexpr int namespaces = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC;
    if (::unshare(namespaces | (is_root ? 0 : CLONE_NEWUSER)) < 0) {
        give_up("unshare");
    }
    if (!is_root) {
        write_file("/proc/self/setgroups", "deny");
        write_file("/proc/self/uid_map", "0 " + user + " 1");
        write_file("/proc/self/gid_map", "0 " + group + " 1");
    }
}

void make_everything_read_only() {
    mount_attr change{};
    change.attr_set = MOUNT_ATTR_RDONLY;
    change.propagation = MS_PRIVATE;
    if (::mount_setattr(AT_FDCWD, "/", AT_RECURSIVE, &change, sizeof change) < 0) {
        give_up("mount_setattr");
    }
    for (const std::string& folder : {sandbox_data, sandbox_programs}) {
        if (::mount("tmpfs", folder.c_str(), "tmpfs", 0, "mode=0755,size=16m") < 0) {
            give_up(folder.c_str());
        }
    }
    if (::mount("proc", "/proc", "proc", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) <
        0) {
        give_up("/proc");
    }
}

/// Waits for a child and passes its exit code on.
int exit_code_of(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

void run_in_outer_sandbox(const std::function<void()>& body) {
    std::fflush(nullptr);
    const pid_t outside = ::fork();
    if (outside == 0) {
        make_namespaces();
        const pid_t inside = ::fork();
        if (inside != 0) {
            ::_exit(inside < 0 ? could_not_prepare : exit_code_of(inside));
        }
        make_everything_read_only();
        body();
        std::fflush(nullptr);
        ::_exit(testing::Test::HasFailure() ? 1 : 0);
    }
    const int code = exit_code_of(outside);
    ASSERT_NE(code, could_not_prepare) << "The outer sandbox could not be made; see above.";
    EXPECT_EQ(code, 0) << "The test failed in the outer sandbox; see above.";
}

}  // namespace wslplugins::tests
