// SPDX-License-Identifier: MIT
// Hooks and commands, with the framework and by hand, on a WSL that only hands out a socket. Each pair is named
// X/framework and X/by_hand; report.py prints the ratios.
#include "bench/by_hand.hpp"

#include <benchmark/benchmark.h>
#include <wslplugins/wslplugins.hpp>

#include <array>
#include <cstdlib>
#include <functional>
#include <thread>

#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace wslplugins;

constexpr std::size_t much = std::size_t{64} * 1024 * 1024;

/// Sends so many bytes as the program's output, and ends.
void play_program(int connection, std::size_t size) {
    const std::string chunk(std::min<std::size_t>(size, 64 * 1024), 'x');
    while (size > 0) {
        const ssize_t count =
            ::send(connection, chunk.data(), std::min(size, chunk.size()), MSG_NOSIGNAL);
        if (count <= 0) {
            break;
        }
        size -= static_cast<std::size_t>(count);
    }
    (void)::close(connection);
}

std::size_t output_size = 0;
std::jthread program;

abi::HRESULT execute(abi::WSLSessionId, abi::LPCSTR, abi::LPCSTR*, abi::SOCKET* socket) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        std::abort();
    }
    if (output_size > 4096) {
        program = std::jthread(play_program, ends[1], output_size);
    } else {
        play_program(ends[1], output_size);
    }
    *socket = static_cast<abi::SOCKET>(ends[0]);
    return 0;
}

abi::WSLPluginAPIV1 make_api() {
    abi::WSLPluginAPIV1 table{};
    table.Version = {2, 9, 5};
    table.ExecuteBinary = &execute;
    return table;
}

const abi::WSLPluginAPIV1 api = make_api();
const abi::WSLSessionInformation session{};
const abi::WSLVmCreationSettings settings{};

class Framework final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session& on, const VmSettings&) override {
        const auto process = this->api().command(on, "/bin/true").spawn_raw();
        if (!process) {
            return propagate(process.error());
        }
        return {};
    }

    WinResult<> on_vm_stopping(const Session&) override { return {}; }
};

abi::HRESULT by_hand_vm_started(const abi::WSLSessionInformation* on,
                                const abi::WSLVmCreationSettings*) {
    return by_hand::guarded("OnVMStarted", [&]() -> by_hand::Result<> {
        const auto socket = by_hand::spawn(&api, on->SessionId, {"/bin/true", {}});
        if (!socket) {
            return std::unexpected(socket.error());
        }
        return {};
    });
}

abi::HRESULT by_hand_vm_stopping(const abi::WSLSessionInformation*) {
    return by_hand::guarded("OnVMStopping", []() -> by_hand::Result<> { return {}; });
}

abi::WSLPluginHooksV1 framework_hooks() {
    abi::WSLPluginHooksV1 hooks{};
    if (load_plugin<Framework>(&api, &hooks) != 0) {
        std::abort();
    }
    return hooks;
}

abi::WSLPluginHooksV1 by_hand_hooks() {
    abi::WSLPluginHooksV1 hooks{};
    hooks.OnVMStarted = &by_hand_vm_started;
    hooks.OnVMStopping = &by_hand_vm_stopping;
    return hooks;
}

void empty_hook(benchmark::State& state, const abi::WSLPluginHooksV1& hooks) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(hooks.OnVMStopping(&session));
    }
}

void hook_with_one_call(benchmark::State& state, const abi::WSLPluginHooksV1& hooks) {
    output_size = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(hooks.OnVMStarted(&session, &settings));
    }
}

void run_with_framework(benchmark::State& state) {
    output_size = 100;
    const Api wsl(&api);
    for (auto _ : state) {
        const auto output =
            wsl.command(SessionId(0), "/bin/ls").arg("-l").arg("/proc").arg("/sys").run_raw();
        if (!output || output->size() != output_size) {
            std::abort();
        }
    }
}

void run_by_hand(benchmark::State& state) {
    output_size = 100;
    for (auto _ : state) {
        const auto output = by_hand::run(&api, 0, {"/bin/ls", {"-l", "/proc", "/sys"}});
        if (!output || output->size() != output_size) {
            std::abort();
        }
    }
}

void read_with_framework(benchmark::State& state) {
    output_size = much;
    const Api wsl(&api);
    for (auto _ : state) {
        const auto output = wsl.command(SessionId(0), "/bin/cat").output_limit(much).run_raw();
        if (!output || output->size() != much) {
            std::abort();
        }
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(much));
}

/// A plain loop, without any limit.
void read_by_hand(benchmark::State& state) {
    output_size = much;
    for (auto _ : state) {
        const auto socket = by_hand::spawn(&api, 0, {"/bin/cat", {}});
        std::string output;
        std::array<char, 16 * 1024> chunk;
        long count = 0;
        while ((count = by_hand::system::receive(socket->raw(), chunk.data(), chunk.size())) > 0) {
            output.append(chunk.data(), static_cast<std::size_t>(count));
        }
        if (output.size() != much) {
            std::abort();
        }
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(much));
}

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    const auto with_framework = framework_hooks();
    const auto without = by_hand_hooks();
    using benchmark::RegisterBenchmark;
    RegisterBenchmark("empty_hook/framework", empty_hook, with_framework);
    RegisterBenchmark("empty_hook/by_hand", empty_hook, without);
    RegisterBenchmark("hook_with_one_call/framework", hook_with_one_call, with_framework);
    RegisterBenchmark("hook_with_one_call/by_hand", hook_with_one_call, without);
    RegisterBenchmark("run_command/framework", run_with_framework);
    RegisterBenchmark("run_command/by_hand", run_by_hand);
    RegisterBenchmark("read_64_mib/framework", read_with_framework)->UseRealTime();
    RegisterBenchmark("read_64_mib/by_hand", read_by_hand)->UseRealTime();
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
