// SPDX-License-Identifier: MIT
#include "guest/machine.hpp"

#include "guest/folder_mount.hpp"
#include "guest/folder_root.hpp"
#include "guest/privilege.hpp"

#include <array>
#include <csignal>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace wslplugins::guest {
namespace {

protocol::Failure not_running(const std::optional<Guid>& distribution) {
    return {.kind = protocol::FailureKind::DistributionNotRunning,
            .error = ESRCH,
            .text = "The distribution " + to_string(distribution.value_or(Guid())) +
                    " does not run in this machine"};
}

/// From here on this process sees the machine's tree in a mount namespace of its own.
Step<> leave_mount_namespace() {
    if (!may_make_namespaces()) {
        if (const auto entered = enter_user_namespace(); !entered) {
            return entered;
        }
    }
    if (::unshare(CLONE_NEWNS) < 0) {
        return failed("Making a mount namespace (in a user namespace AppArmor may forbid it: "
                      "kernel.apparmor_restrict_unprivileged_userns)");
    }
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0) {
        return failed(
            "Making the mount namespace private (in a chroot, whose root is no mount, this "
            "cannot be done; pivot_root makes it one)");
    }
    // Not before: the kernel lets only a process that may be looked into map its user.
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0) {
        return failed("Hiding the guest from what it runs");
    }
    return {};
}

bool kill(const Init& init) {
    return ::syscall(SYS_pidfd_send_signal, init.handle.get(), SIGKILL, nullptr, 0) == 0;
}

}  // namespace

Step<Machine> Machine::start(const std::string& program) {
    Machine machine;
    machine.program_ = program;
    auto log = KernelLog::open();
    if (!log) {
        return std::unexpected(log.error());
    }
    machine.kernel_log_ = std::move(*log);
    if (const auto left = leave_mount_namespace(); !left) {
        return std::unexpected(left.error());
    }
    auto init = start_init({.program = program, .kernel_log = machine.kernel_log_.write_end()});
    if (!init) {
        return std::unexpected(init.error());
    }
    machine.init_ = std::move(*init);
    return machine;
}

Step<> Machine::mount(const protocol::MountFolder& request) const {
    const Init* const init = find(request.distribution);
    return init == nullptr ? std::unexpected(not_running(request.distribution))
                           : mount_folder(*init, request);
}

Step<> Machine::unmount(const protocol::UnmountFolder& request) const {
    return unmount_folder(init_, request);
}

Step<protocol::DistributionStarted>
Machine::start_distribution(const protocol::StartDistribution& request) {
    if (distributions_.contains(request.id)) {
        return failed_with(EEXIST, "Starting the distribution " + to_string(request.id));
    }
    auto init = start_init({.program = program_,
                            .machine = init_.handle.get(),
                            .kernel_log = kernel_log_.write_end()});
    if (!init) {
        return std::unexpected(init.error());
    }
    if (!request.root.empty()) {
        auto release = enter_folder_root(*init, request);
        if (!release) {
            (void)kill(*init);
            wait_for_child(init->pid);
            return std::unexpected(release.error());
        }
        init->flavor = std::move(release->id);
        init->version = std::move(release->version_id);
    }
    const Init& started = distributions_[request.id] = std::move(*init);
    return protocol::DistributionStarted{.pid_namespace = started.pid_namespace,
                                         .init_pid = started.pid_in_parent,
                                         .flavor = started.flavor,
                                         .version = started.version};
}

Step<> Machine::stop_distribution(const protocol::StopDistribution& request) {
    const auto found = distributions_.find(request.id);
    if (found == distributions_.end()) {
        return std::unexpected(not_running(request.id));
    }
    (void)kill(found->second);
    // The kernel lets an init go last; its programs are children of this process, to be collected first.
    while (distributions_.contains(request.id)) {
        int status = 0;
        const pid_t pid = ::waitpid(-1, &status, 0);
        if (pid < 0 && errno != EINTR) {
            return failed("Waiting for a distribution's end");
        }
        note_end(pid, status);
    }
    return {};
}

const Init* Machine::find(const std::optional<Guid>& distribution) const {
    if (!distribution) {
        return &init_;
    }
    const auto found = distributions_.find(*distribution);
    return found == distributions_.end() ? nullptr : &found->second;
}

Step<HeldProgram> Machine::start(const std::optional<Guid>& distribution,
                                 const ProgramRequest& request,
                                 const StandardStreams& streams) const {
    const Init* const init = find(distribution);
    if (init == nullptr) {
        return std::unexpected(not_running(distribution));
    }
    return start_program(*init, request, streams);
}

void Machine::reply_and_release(const Step<HeldProgram>& held, platform::Socket& connection) {
    Step<protocol::ProgramStarted> reply;
    if (held) {
        reply = protocol::ProgramStarted{.program = programs_.add(held->pid())};
    } else {
        reply = std::unexpected(held.error());
    }
    // When the host no longer listens, the program notices by itself, as it would later.
    (void)connection.send_all(protocol::framed(protocol::encode(reply)));
    if (held) {
        held->release();
    }
}

void Machine::execute(const protocol::Execute& request, platform::Socket connection) {
    const int stream = static_cast<int>(connection.raw());
    const auto held = start(request.distribution,
                            {.path = request.path,
                             .arguments = request.arguments,
                             .environment = std::nullopt,
                             .folder = {}},
                            {.input = stream, .output = stream, .error = kernel_log_.write_end()});
    reply_and_release(held, connection);
}

void Machine::offer_stream(platform::Socket connection) {
    const Step<protocol::StreamOffered> reply =
        protocol::StreamOffered{.stream = offered_streams_.next_number()};
    if (connection.send_all(protocol::framed(protocol::encode(reply)))) {
        offered_streams_.add(std::move(connection));
    }
}

void Machine::start_process(const protocol::StartProcess& request, platform::Socket connection) {
    std::array<platform::Socket, 3> streams;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        auto offered = offered_streams_.take(request.streams[i]);
        if (!offered) {
            reply_and_release(failed_with(EBADF, "Taking a stream that was not offered"),
                              connection);
            return;
        }
        streams[i] = std::move(*offered);
    }
    const auto held = start(request.distribution,
                            {.path = request.path,
                             .arguments = request.arguments,
                             .environment = request.environment,
                             .folder = request.folder},
                            {.input = static_cast<int>(streams[0].raw()),
                             .output = static_cast<int>(streams[1].raw()),
                             .error = static_cast<int>(streams[2].raw())});
    reply_and_release(held, connection);
}

Step<> Machine::signal(const protocol::SignalProgram& request) const {
    const std::string what = "Sending signal " + std::to_string(request.signal) + " to program " +
                             std::to_string(request.program);
    // 0 would only ask whether the program runs.
    if (request.signal == 0 || request.signal >= NSIG) {
        return failed_with(EINVAL, what);
    }
    const auto pid = programs_.pid_of(request.program);
    if (!pid) {
        return failed_with(ESRCH, what);
    }
    if (::kill(*pid, static_cast<int>(request.signal)) < 0) {
        return failed(what);
    }
    return {};
}

void Machine::note_end(pid_t pid, int wait_status) {
    programs_.note_end(pid, wait_status);
    std::erase_if(distributions_, [pid](const auto& entry) { return entry.second.pid == pid; });
    if (pid == init_.pid) {
        init_.pid = 0;
    }
}

bool Machine::collect_ended() {
    int status = 0;
    for (pid_t pid = ::waitpid(-1, &status, WNOHANG); pid > 0;
         pid = ::waitpid(-1, &status, WNOHANG)) {
        note_end(pid, status);
    }
    return init_.pid != 0;
}

void Machine::stop() {
    (void)kill(init_);
    while (::waitpid(-1, nullptr, 0) > 0 || errno == EINTR) {
    }
}

}  // namespace wslplugins::guest
