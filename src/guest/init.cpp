// SPDX-License-Identifier: MIT
#include "guest/init.hpp"

#include "guest/machine_root.hpp"
#include "guest/os_release.hpp"
#include "guest/privilege.hpp"

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <net/if.h>
#include <sched.h>
#include <sstream>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace wslplugins::guest {
namespace {

constexpr const char* init_path = "/init";

Step<> bring_loopback_up() {
    const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    if (!socket.is_open() || ::ioctl(socket.get(), SIOCSIFFLAGS, &request) < 0) {
        return failed("Bringing the loopback network up");
    }
    return {};
}

/// The new init, from its first moment until it executes itself.
[[noreturn]] void become_init(const InitPlace& place, const ReportChannel& channel) {
    const Descriptor& report = channel.theirs;
    const bool is_machine = place.machine < 0;
    Step<> step;
    if (is_machine) {
        step = bring_loopback_up();
    }
    if (step) {
        step = enter_machine_root(place.program);
    }
    const Descriptor nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
    if (step) {
        step = prepare_to_execute({nothing.get(), nothing.get(), place.kernel_log});
    }
    if (step) {
        step = become_machine_root();
    }
    if (!step) {
        fail_child(report, step.error());
    }
    // Last of all, because a change of rights takes the signal back. The guest answers only after this: one
    // that has died before does not answer, one that dies later takes this process along.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    const OsRelease release = read_os_release();
    const Step<protocol::DistributionStarted> ready =
        protocol::DistributionStarted{.flavor = release.id, .version = release.version_id};
    if (!send_report(report, protocol::encode(ready)) || !receive_report(report)) {
        ::_exit(127);
    }
    // The init closes it when it runs. Before, it still takes its libraries from this root.
    ::fcntl(report.get(), F_SETFD, 0);
    fail_child(report, execute(init_path, {init_path, "--init"}));
}

/// In the child between the guest and the init: makes the init a child of the guest, in namespaces of its own.
[[noreturn]] void make_namespaces(const InitPlace& place, ReportChannel& channel) {
    channel.ours.close();
    constexpr int shared = CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWUTS;
    const bool is_machine = place.machine < 0;
    if (!is_machine && ::setns(place.machine, shared) < 0) {
        fail_child(channel.theirs, failed("Entering the machine's namespaces").error());
    }
    const int fresh = CLONE_NEWPID | CLONE_NEWNS | (is_machine ? shared : 0);
    const long init =
        ::syscall(SYS_clone, fresh | CLONE_PARENT | SIGCHLD, nullptr, nullptr, nullptr, 0);
    if (init == 0) {
        become_init(place, channel);
    }
    if (init < 0) {
        fail_child(channel.theirs, failed("Making mount and PID namespaces").error());
    }
    ::_exit(0);
}

/// The process's numbers from the outermost namespace that /proc shows to its own.
std::uint32_t pid_in_parent_namespace(pid_t pid) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (!line.starts_with("NSpid:")) {
            continue;
        }
        std::istringstream numbers(line.substr(6));
        std::uint32_t parent = 0;
        std::uint32_t own = 0;
        for (std::uint32_t number = 0; numbers >> number;) {
            parent = std::exchange(own, number);
        }
        return parent;
    }
    return 0;
}

Step<Init> finish(const ReportChannel& channel, const Report& report) {
    const auto ready = protocol::decode_reply<protocol::DistributionStarted>(report.message);
    if (!ready || !*ready) {
        return std::unexpected(ready ? ready->error()
                                     : failed_with(EPROTO, "Starting an init").error());
    }
    Init init;
    init.pid = report.sender;
    init.flavor = (*ready)->flavor;
    init.version = (*ready)->version;
    init.handle = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, init.pid, 0)));
    if (!init.handle.is_open()) {
        return failed("Opening an init");
    }
    const std::byte go{1};
    const auto error =
        send_report(channel.ours, {&go, 1}) ? receive_report(channel.ours) : std::nullopt;
    const auto failure =
        error ? protocol::decode_reply<protocol::Done>(error->message) : std::nullopt;
    if (failure && !*failure) {
        return std::unexpected(failure->error());
    }
    struct stat pid_namespace{};
    const std::string link = "/proc/" + std::to_string(init.pid) + "/ns/pid";
    init.pid_in_parent = pid_in_parent_namespace(init.pid);
    if (::stat(link.c_str(), &pid_namespace) < 0 || init.pid_in_parent == 0) {
        return failed("Looking at an init in /proc");
    }
    init.pid_namespace = pid_namespace.st_ino;
    return init;
}

}  // namespace

Step<Init> start_init(const InitPlace& place) {
    auto channel = open_report_channel();
    if (!channel) {
        return std::unexpected(channel.error());
    }
    const bool is_machine = place.machine < 0;
    const Step<pid_t> child = is_machine ? Step<pid_t>(::fork()) : fork_into(place.machine);
    if (!child) {
        return std::unexpected(child.error());
    }
    if (*child < 0) {
        return failed("Forking");
    }
    if (*child == 0) {
        make_namespaces(place, *channel);
    }
    channel->theirs.close();
    wait_for_child(*child);
    const auto report = receive_report(channel->ours);
    if (!report) {
        return failed_with(ECHILD, "Starting an init");
    }
    auto init = finish(*channel, *report);
    if (!init && report->sender != *child) {
        ::kill(report->sender, SIGKILL);
        wait_for_child(report->sender);
    }
    return init;
}

int run_init() {
    ::close_range(3, ~0u, 0);
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &ended, nullptr);
    while (true) {
        while (::waitpid(-1, nullptr, WNOHANG) > 0) {
        }
        int number = 0;
        ::sigwait(&ended, &number);
    }
}

}  // namespace wslplugins::guest
