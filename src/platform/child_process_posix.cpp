// SPDX-License-Identifier: MIT
#include "platform/child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace wslplugins::platform {
namespace {

/// What a child's descriptors are to be, and the call that starts it.
class Spawn {
public:
    Spawn() noexcept {
        posix_spawn_file_actions_init(&actions_);
        posix_spawnattr_init(&attributes_);
        // A thread of the host may block signals, and the host ignores SIGPIPE; a child must do neither.
        sigset_t none;
        sigset_t piped;
        sigemptyset(&none);
        sigemptyset(&piped);
        sigaddset(&piped, SIGPIPE);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &piped);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    Spawn(const Spawn&) = delete;
    Spawn& operator=(const Spawn&) = delete;
    ~Spawn() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }

    void give(int fd, int as) noexcept { posix_spawn_file_actions_adddup2(&actions_, fd, as); }
    void give_nothing_to_read() noexcept {
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    }

    WinResult<pid_t> start(const std::vector<std::string>& command) const {
        std::vector<char*> arguments;
        for (const std::string& argument : command) {
            arguments.push_back(const_cast<char*>(argument.c_str()));
        }
        arguments.push_back(nullptr);
        pid_t child = 0;
        const int error = posix_spawnp(
            &child, arguments.front(), &actions_, &attributes_, arguments.data(), environ);
        if (error != 0) {
            return failure(HResult::from_errno(error),
                           "Starting '" + command.front() + "' failed: " + std::strerror(error));
        }
        return child;
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

std::string read_to_end(int fd) {
    std::string text;
    std::array<char, 16384> chunk{};
    while (true) {
        const ssize_t count = ::read(fd, chunk.data(), chunk.size());
        if (count > 0) {
            text.append(chunk.data(), static_cast<std::size_t>(count));
        } else if (count == 0 || errno != EINTR) {
            return text;
        }
    }
}

/// As shells say it: 128 and the signal's number for a program that a signal ended.
WinResult<int> wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            return failure(HResult::from_errno(errno), "Waiting for a program failed");
        }
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// In the forked child: starts the program in a child of its own and ends, so that nobody has to wait for
/// the program later; under Wine a native program has no parent either. Calls only what is safe between
/// fork and exec in a process with threads.
[[noreturn]] void become_orphan(const char* program, int connection, int report) noexcept {
    const pid_t child = ::fork();
    if (child > 0) {
        ::_exit(0);
    }
    int error = errno;
    if (child == 0) {
        sigset_t none;
        sigemptyset(&none);
        ::signal(SIGPIPE, SIG_DFL);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        ::dup2(connection, STDIN_FILENO);
        ::dup2(connection, STDOUT_FILENO);
        ::execl(program, program, nullptr);
        error = errno;
    }
    (void)!::write(report, &error, sizeof error);
    ::_exit(1);
}

}  // namespace

WinResult<ProgramOutcome> run_program(const std::vector<std::string>& command) {
    if (command.empty()) {
        return failure(HResult::invalid_argument, "A command without a program cannot be run");
    }
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) < 0) {
        return failure(HResult::from_errno(errno), "Making a pipe failed");
    }
    Spawn spawn;
    spawn.give_nothing_to_read();
    spawn.give(ends[1], STDOUT_FILENO);
    spawn.give(ends[1], STDERR_FILENO);
    const auto child = spawn.start(command);
    ::close(ends[1]);
    ProgramOutcome outcome;
    if (child) {
        outcome.output = read_to_end(ends[0]);
    }
    ::close(ends[0]);
    if (!child) {
        return propagate(child.error());
    }
    const auto exit_code = wait_for(*child);
    if (!exit_code) {
        return propagate(exit_code.error());
    }
    outcome.exit_code = *exit_code;
    return outcome;
}

WinResult<ProgramOutcome> run_program_while(const std::vector<std::string>&,
                                            const std::function<bool()>&) {
    return failure(HResult::not_supported, "Only Windows runs a program that can be called off");
}

WinResult<Socket> start_native_program(std::string_view path) {
    auto pair = connected_pair();
    if (!pair) {
        return propagate(std::move(pair.error()));
    }
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) < 0) {
        return failure(HResult::from_errno(errno), "Making a pipe failed");
    }
    const std::string program(path);
    const pid_t child = ::fork();
    if (child == 0) {
        become_orphan(program.c_str(), static_cast<int>(pair->second.raw()), ends[1]);
    }
    int error = child < 0 ? errno : 0;
    ::close(ends[1]);
    if (child > 0) {
        // The pipe closes without a word when the program has taken the place of this one's copy.
        (void)!::read(ends[0], &error, sizeof error);
        (void)wait_for(child);
    }
    ::close(ends[0]);
    if (error != 0) {
        return failure(HResult::from_errno(error),
                       "Starting '" + program + "' failed: " + std::strerror(error));
    }
    return std::move(pair->first);
}

}  // namespace wslplugins::platform
