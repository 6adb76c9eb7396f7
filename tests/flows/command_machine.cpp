// SPDX-License-Identifier: MIT
#include "flows/command_machine.hpp"

#include <wslplugins/testhost/service.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace wslplugins::tests {

using namespace std::chrono_literals;

CommandMachine::CommandMachine() {
    current = this;
    table_.Version = {2, 9, 5};
    table_.ExecuteBinary =
        [](abi::WSLSessionId, abi::LPCSTR path, abi::LPCSTR* arguments, abi::SOCKET* socket) {
            return serve({}, path, arguments, socket);
        };
    table_.ExecuteBinaryInDistribution = [](abi::WSLSessionId,
                                            const abi::GUID* where,
                                            abi::LPCSTR path,
                                            abi::LPCSTR* arguments,
                                            abi::SOCKET* socket) {
        return serve(Guid(*where), path, arguments, socket);
    };
    auto started = testhost::LinuxMachine::start(testhost::find_guest_program().value());
    if (!started) {
        ADD_FAILURE() << started.error().to_string();
        std::abort();
    }
    machine_ = std::move(*started);
}

CommandMachine::~CommandMachine() {
    current = nullptr;
}

abi::HRESULT CommandMachine::serve(const std::optional<Guid>& where,
                                   abi::LPCSTR path,
                                   abi::LPCSTR* arguments,
                                   abi::SOCKET* socket) {
    std::vector<std::string> list;
    for (; *arguments != nullptr && **arguments != '\0'; ++arguments) {
        list.emplace_back(*arguments);
    }
    {
        const std::lock_guard lock(current->mutex_);
        current->calls.push_back(list);
        current->callers.push_back(std::this_thread::get_id());
        if (current->answers_before_failure == 0) {
            return HResult::fail.value();
        }
        --current->answers_before_failure;
    }
    auto program = current->launch(where, path, list);
    if (!program) {
        return program.error().code().value();
    }
    *socket = program->stream.release();
    return 0;
}

WinResult<testhost::StartedProgram>
CommandMachine::launch(const std::optional<Guid>& where,
                       std::string_view path,
                       const std::vector<std::string>& arguments) {
    if (launcher.empty()) {
        return machine_->execute(where, path, arguments);
    }
    std::vector<std::string> list = launcher;
    list.emplace_back(path);
    list.insert(list.end(), arguments.begin() + 1, arguments.end());
    return machine_->execute(where, list.front(), list);
}

std::string CommandMachine::what_stays(int allowed, const std::optional<Guid>& where) const {
    Command list = command("/bin/sh").args(
        {"-c", "for p in /proc/[0-9]*; do read -r line <$p/stat && echo \"$line\"; done"});
    if (where) {
        list.in(*where);
    }
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    for (;;) {
        // Init and the lister itself always run.
        const std::string text = list.run_raw().value();
        if (std::ranges::count(text, '\n') <= 2 + allowed) {
            return "";
        }
        if (std::chrono::steady_clock::now() > deadline) {
            return text;
        }
    }
}

void CommandMachine::replace_programs(std::string_view folder) {
    const auto mounted = machine_->mount_folder(programs_folder(folder), "/usr/bin", true);
    ASSERT_TRUE(mounted.has_value()) << mounted.error().to_string();
}

bool CommandMachine::has_several_users() const {
    return command("/bin/cat").arg("/proc/self/uid_map").run_raw().value().contains("4294967295");
}

std::string programs_folder(std::string_view name) {
    return std::string(WSLPLUGINS_TEST_PROGRAMS) + '/' + std::string(name);
}

CommandOutput output_of(const Command& command) {
    auto output = command.run();
    if (!output) {
        ADD_FAILURE() << output.error().to_string();
        return {};
    }
    return std::move(*output);
}

std::mt19937 printed_random() {
    const char* const given = std::getenv("WSLPLUGINS_SEED");
    const auto seed = given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10))
                                       : std::random_device{}();
    std::printf("WSLPLUGINS_SEED=%u\n", seed);
    return std::mt19937(seed);
}

std::string random_bytes(std::mt19937& random, std::size_t size) {
    std::uniform_int_distribution<int> byte(1, 255);
    std::string bytes(size, '\0');
    std::ranges::generate(bytes, [&] { return static_cast<char>(byte(random)); });
    return bytes;
}

}  // namespace wslplugins::tests
