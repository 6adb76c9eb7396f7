// SPDX-License-Identifier: MIT
#include "guest/child.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

namespace wslplugins::guest {
namespace {

constexpr std::size_t longest_report = 8192;

constexpr char init_path[] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

std::vector<std::string> init_environment() {
    return {std::string("PATH=") + init_path, "HOME=/root", "TERM=linux"};
}

/// The kernel's form of a list, valid as long as the list is.
std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (const std::string& text : texts) {
        pointers.push_back(const_cast<char*>(text.c_str()));
    }
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

Step<pid_t> fork_into(int process) {
    if (::setns(process, CLONE_NEWPID) < 0) {
        return failed("Choosing a PID namespace for a child");
    }
    const pid_t child = ::fork();
    if (child < 0) {
        return failed("Forking");
    }
    return child;
}

Step<ReportChannel> open_report_channel() {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
        return failed("Making a channel to a child");
    }
    ReportChannel channel{Descriptor(ends[0]), Descriptor(ends[1])};
    const int on = 1;
    if (::setsockopt(ends[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof on) < 0) {
        return failed("Preparing a channel to a child");
    }
    return channel;
}

bool send_report(const Descriptor& end, std::span<const std::byte> message) {
    return ::send(end.get(), message.data(), message.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(message.size());
}

std::optional<Report> receive_report(const Descriptor& end) {
    Report report;
    report.message.resize(longest_report);
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(ucred))> control{};
    iovec part{report.message.data(), report.message.size()};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    const ssize_t count = ::recvmsg(end.get(), &header, MSG_CMSG_CLOEXEC);
    if (count <= 0) {
        return std::nullopt;
    }
    report.message.resize(static_cast<std::size_t>(count));
    const cmsghdr* const extra = CMSG_FIRSTHDR(&header);
    if (extra != nullptr && extra->cmsg_type == SCM_CREDENTIALS) {
        ucred sender{};
        std::memcpy(&sender, CMSG_DATA(extra), sizeof sender);
        report.sender = sender.pid;
    }
    return report;
}

void fail_child(const Descriptor& end, const protocol::Failure& failure) {
    (void)send_report(end, protocol::encode(Step<>(std::unexpected(failure))));
    ::_exit(127);
}

int wait_for_child(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

Step<> prepare_to_execute(const StandardStreams& streams) {
    (void)::setsid();
    if (::dup2(streams.input, STDIN_FILENO) < 0 || ::dup2(streams.output, STDOUT_FILENO) < 0 ||
        ::dup2(streams.error, STDERR_FILENO) < 0 ||
        ::close_range(3, ~0u, CLOSE_RANGE_CLOEXEC) < 0) {
        return failed("Preparing the standard streams");
    }
    for (int number = 1; number < NSIG; ++number) {
        (void)::signal(number, SIG_DFL);
    }
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::umask(022);
    if (::chdir("/") < 0) {
        return failed("Changing to '/'");
    }
    return {};
}

protocol::Failure execute(const std::string& path, const std::vector<std::string>& arguments) {
    const std::vector<std::string> environment = init_environment();
    ::execve(path.c_str(), pointers_to(arguments).data(), pointers_to(environment).data());
    return failed("Executing '" + path + "'").error();
}

protocol::Failure execute_from_path(const std::string& path,
                                    const std::vector<std::string>& arguments,
                                    const std::vector<std::string>& environment) {
    if (::setenv("PATH", init_path, 1) < 0) {
        return failed("Preparing to look for '" + path + "'").error();
    }
    ::execvpe(path.c_str(), pointers_to(arguments).data(), pointers_to(environment).data());
    return failed("Executing '" + path + "'").error();
}

}  // namespace wslplugins::guest
