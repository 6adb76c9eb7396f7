// SPDX-License-Identifier: MIT
#include "guest/program.hpp"

#include "guest/privilege.hpp"

#include <csignal>
#include <sched.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

namespace wslplugins::guest {
namespace {

[[noreturn]] void become_program(const Init& init,
                                 const protocol::Execute& request,
                                 const ProgramStreams& streams,
                                 const Descriptor& report) {
    constexpr int namespaces = CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWUTS;
    Step<> step;
    if (::setns(init.handle.get(), namespaces) < 0) {
        step = failed("Entering the namespaces");
    }
    if (step) {
        step = prepare_to_execute(streams.connection, streams.error);
    }
    if (step) {
        step = become_machine_root();
    }
    // A traced process stops when it has executed a program, which is the only way to hold it there.
    if (step && ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) < 0) {
        step = failed("Preparing to hold the program");
    }
    if (!step) {
        fail_child(report, step.error());
    }
    fail_child(report, execute(request.path, request.arguments));
}

bool has_nul(const std::string& text) {
    return text.contains('\0');
}

bool is_expressible(const protocol::Execute& request) {
    for (const std::string& argument : request.arguments) {
        if (has_nul(argument)) {
            return false;
        }
    }
    return !has_nul(request.path);
}

}  // namespace

void HeldProgram::release() const noexcept {
    (void)::ptrace(PTRACE_DETACH, pid_, nullptr, nullptr);
}

Step<HeldProgram>
start_program(const Init& init, const protocol::Execute& request, const ProgramStreams& streams) {
    if (!is_expressible(request)) {
        return failed_with(EINVAL, "Executing a program with a NUL in its path or arguments");
    }
    auto channel = open_report_channel();
    if (!channel) {
        return std::unexpected(channel.error());
    }
    const auto child = fork_into(init.handle.get());
    if (!child) {
        return std::unexpected(child.error());
    }
    if (*child == 0) {
        become_program(init, request, streams, channel->theirs);
    }
    channel->theirs.close();
    const auto report = receive_report(channel->ours);
    const int status = wait_for_child(*child);
    const auto failure =
        report ? protocol::decode_reply<protocol::Done>(report->message) : std::nullopt;
    if (failure && !*failure) {
        return std::unexpected(failure->error());
    }
    if (!WIFSTOPPED(status)) {
        return failed_with(ECHILD, "Executing '" + request.path + "'");
    }
    return HeldProgram(*child);
}

}  // namespace wslplugins::guest
