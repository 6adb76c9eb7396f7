// SPDX-License-Identifier: MIT
#include "pluginhost/watched_process.hpp"

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace wslplugins::tests {

const int WatchedProcess::exit_code_of_killed = 128 + SIGKILL;

WatchedProcess::WatchedProcess(std::uint32_t process)
    : system_(::syscall(SYS_pidfd_open, static_cast<pid_t>(process), 0)) {}

WatchedProcess::~WatchedProcess() {
    (void)::close(static_cast<int>(system_));
}

bool WatchedProcess::ends() const {
    constexpr int longest = 20'000;
    pollfd awaited{static_cast<int>(system_), POLLIN, 0};
    return ::poll(&awaited, 1, longest) == 1;
}

void WatchedProcess::kill() const {
    (void)::syscall(SYS_pidfd_send_signal, static_cast<int>(system_), SIGKILL, nullptr, 0);
}

bool process_exists(std::uint32_t process) {
    return ::kill(static_cast<pid_t>(process), 0) == 0 || errno != ESRCH;
}

}  // namespace wslplugins::tests
