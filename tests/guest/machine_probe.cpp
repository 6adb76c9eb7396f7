// SPDX-License-Identifier: MIT
#include "guest/machine_probe.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace wslplugins::tests {
namespace {

/// Orphans come to this process, so that it can see and collect them.
void become_subreaper() {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

struct Stat {
    std::string name;
    pid_t parent = 0;
    char state = 0;
};

std::map<pid_t, Stat> all_processes() {
    std::map<pid_t, Stat> processes;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const pid_t pid = std::atoi(entry.path().filename().c_str());
        if (pid == 0) {
            continue;
        }
        // Another program's process may end between the opening and the reading: then there is no text.
        std::ifstream file(entry.path() / "stat");
        std::string text;
        std::getline(file, text, '\0');
        const std::size_t open = text.find('(');
        const std::size_t close = text.rfind(')');
        if (open == std::string::npos || close == std::string::npos) {
            continue;
        }
        Stat& stat = processes[pid];
        stat.name = text.substr(open + 1, close - open - 1);
        std::istringstream(text.substr(close + 1)) >> stat.state >> stat.parent;
    }
    return processes;
}

std::string namespace_link(pid_t pid, const char* kind) {
    std::error_code error;
    const auto link =
        std::filesystem::read_symlink("/proc/" + std::to_string(pid) + "/ns/" + kind, error);
    return error ? std::string() : link.string();
}

}  // namespace

std::unique_ptr<testhost::LinuxMachine> start_machine() {
    become_subreaper();
    auto machine = testhost::LinuxMachine::start(WSLPLUGINS_TEST_GUEST);
    if (!machine) {
        ADD_FAILURE() << machine.error().to_string();
        return nullptr;
    }
    return std::move(*machine);
}

std::string read_to_end(platform::Socket& stream) {
    std::string text;
    std::array<char, 65536> chunk{};
    while (true) {
        const auto count = stream.receive(std::as_writable_bytes(std::span(chunk)));
        if (!count || *count == 0) {
            return text;
        }
        text.append(chunk.data(), *count);
    }
}

ProgramRun run(testhost::LinuxMachine& machine,
               const std::vector<std::string>& command,
               const std::optional<Guid>& distribution) {
    auto program = machine.execute(distribution, command.front(), command);
    if (!program) {
        ADD_FAILURE() << program.error().to_string();
        return {};
    }
    ProgramRun run{.output = read_to_end(program->stream)};
    const auto ended = machine.wait(program->number);
    EXPECT_TRUE(ended) << ended.error().to_string();
    run.exit_code = ended ? ended->exit_code : -1;
    return run;
}

ProgramRun run_script(testhost::LinuxMachine& machine,
                      const std::string& script,
                      const std::optional<Guid>& distribution) {
    return run(machine, {"/bin/sh", "-c", script}, distribution);
}

std::set<pid_t> guests() {
    std::set<pid_t> found;
    for (const auto& [pid, stat] : all_processes()) {
        if (stat.name == "wslplugins-gues" && stat.parent == ::getpid() && stat.state != 'Z') {
            found.insert(pid);
        }
    }
    return found;
}

pid_t only_guest() {
    const auto found = guests();
    EXPECT_EQ(found.size(), 1u);
    return found.size() == 1 ? *found.begin() : 0;
}

std::set<pid_t> family_of(pid_t pid) {
    std::set<pid_t> family{pid};
    const auto processes = all_processes();
    for (std::size_t before = 0; before != family.size();) {
        before = family.size();
        for (const auto& [other, stat] : processes) {
            if (family.contains(stat.parent)) {
                family.insert(other);
            }
        }
    }
    return family;
}

std::set<std::string> namespaces_of(const std::set<pid_t>& pids) {
    std::set<std::string> namespaces;
    for (const pid_t pid : pids) {
        for (const char* const kind : {"pid", "mnt"}) {
            const std::string link = namespace_link(pid, kind);
            if (!link.empty() && link != namespace_link(::getpid(), kind)) {
                namespaces.insert(link);
            }
        }
    }
    return namespaces;
}

bool is_anything_left(const std::set<pid_t>& pids, const std::set<std::string>& namespaces) {
    for (const pid_t pid : pids) {
        (void)::waitpid(pid, nullptr, WNOHANG);
    }
    for (const auto& [pid, stat] : all_processes()) {
        if (pids.contains(pid)) {
            return true;
        }
        for (const char* const kind : {"pid", "mnt"}) {
            if (namespaces.contains(namespace_link(pid, kind))) {
                return true;
            }
        }
    }
    return false;
}

bool becomes_true(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::yield();
    }
    return true;
}

std::string own_mounts() {
    std::ifstream file("/proc/self/mountinfo");
    return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace wslplugins::tests
