// SPDX-License-Identifier: MIT
#include "guest/program.hpp"

#include "guest/privilege.hpp"
#include "guest/tree.hpp"

#include <algorithm>
#include <csignal>
#include <sched.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

namespace wslplugins::guest {
namespace {

Step<> enter_folder(const std::string& folder) {
    if (const auto made = make_folders(folder); !made) {
        return made;
    }
    if (::chdir(folder.c_str()) < 0) {
        return failed("Changing to '" + folder + "'");
    }
    return {};
}

[[noreturn]] void become_program(const Init& init,
                                 const ProgramRequest& request,
                                 const StandardStreams& streams,
                                 const Descriptor& report) {
    constexpr int namespaces = CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWUTS;
    Step<> step;
    if (::setns(init.handle.get(), namespaces) < 0) {
        step = failed("Entering the namespaces");
    }
    if (step) {
        step = prepare_to_execute(streams);
    }
    if (step) {
        step = become_machine_root();
    }
    if (step && !request.folder.empty()) {
        step = enter_folder(request.folder);
    }
    // A traced process stops when it has executed a program, which is the only way to hold it there.
    if (step && ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) < 0) {
        step = failed("Preparing to hold the program");
    }
    if (!step) {
        fail_child(report, step.error());
    }
    fail_child(report,
               request.environment
                   ? execute_from_path(request.path, request.arguments, *request.environment)
                   : execute(request.path, request.arguments));
}

bool has_nul(const std::string& text) {
    return text.contains('\0');
}

bool is_expressible(const ProgramRequest& request) {
    const auto environment = request.environment.value_or(std::vector<std::string>());
    return !has_nul(request.path) && !has_nul(request.folder) &&
           std::ranges::none_of(request.arguments, has_nul) &&
           std::ranges::none_of(environment, has_nul);
}

}  // namespace

void HeldProgram::release() const noexcept {
    (void)::ptrace(PTRACE_DETACH, pid_, nullptr, nullptr);
}

Step<HeldProgram>
start_program(const Init& init, const ProgramRequest& request, const StandardStreams& streams) {
    if (!is_expressible(request)) {
        return failed_with(EINVAL, "Executing a program with a NUL in its description");
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
