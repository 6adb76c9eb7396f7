// SPDX-License-Identifier: MIT
#include "guest/program_table.hpp"

#include <algorithm>
#include <sys/wait.h>

namespace wslplugins::guest {
namespace {

void answer(platform::Socket& connection, const Step<protocol::ProgramEnded>& reply) {
    // A host that no longer listens needs no answer.
    (void)connection.send_all(protocol::framed(protocol::encode(reply)));
}

/// As shells say it.
std::uint32_t exit_code_of(int wait_status) {
    return static_cast<std::uint32_t>(WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status)
                                                               : WEXITSTATUS(wait_status));
}

}  // namespace

std::uint64_t ProgramTable::add(pid_t pid) {
    running_[pid] = ++last_number_;
    return last_number_;
}

std::optional<pid_t> ProgramTable::pid_of(std::uint64_t program) const {
    const auto found = std::ranges::find_if(
        running_, [program](const auto& entry) { return entry.second == program; });
    return found == running_.end() ? std::nullopt : std::optional(found->first);
}

void ProgramTable::note_end(pid_t pid, int wait_status) {
    const auto found = running_.find(pid);
    if (found == running_.end()) {
        return;
    }
    const std::uint64_t program = found->second;
    const std::uint32_t exit_code = exit_code_of(wait_status);
    running_.erase(found);
    ended_[program] = exit_code;
    if (ended_.size() > protocol::max_remembered_exits) {
        ended_.erase(ended_.begin());
    }
    std::erase_if(waiters_, [&](Waiter& waiter) {
        if (waiter.program != program) {
            return false;
        }
        answer(waiter.connection, protocol::ProgramEnded{.exit_code = exit_code});
        return true;
    });
}

void ProgramTable::answer_when_ended(std::uint64_t program, platform::Socket connection) {
    const auto ended = ended_.find(program);
    if (ended != ended_.end()) {
        answer(connection, protocol::ProgramEnded{.exit_code = ended->second});
    } else if (!pid_of(program)) {
        answer(connection, failed_with(ESRCH, "Waiting for program " + std::to_string(program)));
    } else {
        waiters_.push_back({program, std::move(connection)});
    }
}

std::vector<int> ProgramTable::waiting_descriptors() const {
    std::vector<int> descriptors;
    for (const Waiter& waiter : waiters_) {
        descriptors.push_back(static_cast<int>(waiter.connection.raw()));
    }
    return descriptors;
}

void ProgramTable::forget_waiter(int descriptor) {
    std::erase_if(waiters_, [descriptor](const Waiter& waiter) {
        return static_cast<int>(waiter.connection.raw()) == descriptor;
    });
}

}  // namespace wslplugins::guest
