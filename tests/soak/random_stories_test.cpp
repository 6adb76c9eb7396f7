// SPDX-License-Identifier: MIT
// Users who do anything at any time, and plugins that do too. What must hold: the service lives, every command
// returns, and the sanitizers find nothing.
#include "soak/resources.hpp"
#include "testhost/raw_plugins.hpp"

#include "platform/socket.hpp"

#include <wslplugins/core/text.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <iostream>
#include <random>
#include <thread>

namespace wslplugins::testhost {
namespace {

/// A sequence of choices that a seed decides.
class Choices {
public:
    explicit Choices(std::uint64_t seed) : engine_(seed) {}

    /// From 0 up to, and without, `count`.
    [[nodiscard]] int below(int count) {
        return std::uniform_int_distribution<int>(0, count - 1)(engine_);
    }

    [[nodiscard]] bool one_in(int count) { return below(count) == 0; }

private:
    std::mt19937_64 engine_;
};

void read_and_close(abi::SOCKET raw) {
    platform::Socket socket(raw);
    std::array<std::byte, 4096> chunk{};
    while (socket.receive(chunk).value_or(0) > 0) {
    }
}

/// A call of the API with arguments that may be wrong. The session may be another one, or none.
void call_anything(Choices& choices, const HookArguments& hook, abi::WSLSessionId session) {
    const char* good[] = {"echo", "hello", nullptr};
    const char* with_empty[] = {"echo", "", "lost", nullptr};
    abi::SOCKET socket = platform::invalid_socket;
    switch (choices.below(6)) {
        case 0:
            if (hook.api.ExecuteBinary(session, "/bin/echo", good, &socket) >= 0) {
                read_and_close(socket);
            }
            break;
        case 1:
            if (hook.api.ExecuteBinary(session, "/no/such/program", with_empty, &socket) >= 0) {
                read_and_close(socket);
            }
            break;
        case 2:
            if (hook.api.ExecuteBinary(session, "/bin/sleep", good, &socket) >= 0) {
                platform::Socket closed_at_once(socket);
            }
            break;
        case 3: {
            const auto folder = to_utf16_for_wsl("/no/such/folder").value();
            const auto target = to_utf16_for_wsl("/mnt/soak").value();
            (void)hook.api.MountFolder(session, folder.c_str(), target.c_str(), 1, target.c_str());
            break;
        }
        case 4: {
            const auto text = to_utf16_for_wsl("A random refusal.").value();
            (void)hook.api.PluginError(text.c_str());
            break;
        }
        default: {
            const abi::GUID unknown{};
            (void)hook.api.ExecuteBinaryInDistribution(
                session, &unknown, "/bin/echo", good, &socket);
        }
    }
}

/// What a plugin's hook does: mostly nothing, then anything.
abi::HRESULT behave(Choices& choices, const HookArguments& hook) {
    const abi::WSLSessionId session = choices.one_in(8) ? 4711 : hook.session().SessionId;
    for (int calls = choices.below(3); calls > 0; --calls) {
        call_anything(choices, hook, session);
    }
    if (choices.one_in(12)) {
        return fixtures::throw_instead;
    }
    return choices.one_in(10) ? code(0x80070005u) : 0;
}

/// A call for a container session that may be over, and a code of any kind.
abi::HRESULT behave_in_container_hook(Choices& choices, const HookArguments& hook) {
    const auto session = hook.container_session().SessionId;
    const char* arguments[] = {"true", nullptr};
    abi::WSLCProcessHandle process = nullptr;
    int error_number = 0;
    if (choices.one_in(3) &&
        hook.api.WSLCCreateProcess(session, "true", arguments, nullptr, &process, &error_number) >=
            0) {
        hook.api.WSLCReleaseProcess(process);
    }
    if (choices.one_in(6)) {
        (void)hook.api.WSLCUnmountFolder(session, "/mnt/soak");
    }
    return choices.one_in(10) ? code(0x80070005u) : 0;
}

constexpr std::array wsl_hooks{Hook::OnVMStarted,
                               Hook::OnVMStopping,
                               Hook::OnDistributionStarted,
                               Hook::OnDistributionStopping,
                               Hook::OnDistributionRegistered,
                               Hook::OnDistributionUnregistered};

constexpr std::array container_hooks{Hook::OnSessionCreated,
                                     Hook::OnSessionStopping,
                                     Hook::ContainerStarted,
                                     Hook::ContainerStopping,
                                     Hook::ImageCreated,
                                     Hook::ImageDeleted,
                                     Hook::WslcVmStarted,
                                     Hook::WslcVmStopping};

/// One plugin and its own choices: the order in which threads come to it is not the seed's.
class RandomPlugin {
public:
    RandomPlugin(char letter, std::uint64_t seed) : choices_(seed), relayed(letter) {
        for (const Hook hook : wsl_hooks) {
            relayed.on(hook, [this](const HookArguments& arguments) {
                Choices own = fork();
                return behave(own, arguments);
            });
        }
        for (const Hook hook : container_hooks) {
            relayed.on(hook, [this](const HookArguments& arguments) {
                Choices own = fork();
                return behave_in_container_hook(own, arguments);
            });
        }
    }

private:
    [[nodiscard]] Choices fork() {
        const std::scoped_lock lock(mutex_);
        return Choices(static_cast<std::uint64_t>(choices_.below(1 << 30)));
    }

    std::mutex mutex_;
    Choices choices_;

public:
    RelayedPlugin relayed;
};

std::string any_distribution(Choices& choices) {
    constexpr std::array names{"Debian", "Alpine", "Imported", "no such distribution"};
    return names.at(static_cast<std::size_t>(choices.below(names.size())));
}

void give_a_command(Choices& choices, const User& user) {
    switch (choices.below(12)) {
        case 0: (void)user.shutdown(choices.one_in(3)); break;
        case 1: (void)user.launch(any_distribution(choices), {"true"}); break;
        case 2: (void)user.launch("", {"sh", "-c", "echo out; echo err >&2; exit 3"}); break;
        case 3: (void)user.terminate(any_distribution(choices)); break;
        case 4: (void)user.import_in_place("Imported", "/no/such/disk.vhdx"); break;
        case 5: (void)user.unregister("Imported"); break;
        case 6: (void)user.set_version(any_distribution(choices), 1 + choices.below(2)); break;
        case 7: user.let_idle_time_pass(IdleTimeout::VirtualMachine); break;
        case 8: user.crash_machine(); break;
        case 9: user.end_init(any_distribution(choices)); break;
        case 10: user.log_off(); break;
        default: (void)user.launch("", {"true"});
    }
}

void work_with_containers(Choices& choices, const WslcUser& user) {
    const std::string name = choices.one_in(2) ? "one" : "two";
    switch (choices.below(9)) {
        case 0: (void)user.pull("image"); break;
        case 1: (void)user.run({.image = "image", .command = {"true"}}); break;
        case 2:
            (void)user.run_detached({.image = "image", .command = {"sleep", "1000"}, .name = name});
            break;
        case 3: (void)user.kill(name); break;
        case 4: (void)user.remove(name, choices.one_in(2)); break;
        case 5: (void)user.remove_image("image"); break;
        case 6: (void)user.list_images(); break;
        case 7: (void)user.prune_images(); break;
        default: (void)user.start(name);
    }
}

void do_anything(Choices& choices, Service& service) {
    const std::string name = choices.one_in(3) ? "bob" : "";
    if (choices.one_in(3)) {
        work_with_containers(choices, service.wslc(name));
    } else {
        give_a_command(choices, service.user(name));
    }
}

TEST(RandomStories, EndAndBreakNothing) {
    // WSLPLUGINS_SOAK_SECONDS: for how long. WSLPLUGINS_SOAK_SEED: the choices of an earlier run again; which thread
    // comes first stays chance.
    const auto end = std::chrono::steady_clock::now() +
                     std::chrono::seconds(tests::amount("WSLPLUGINS_SOAK_SECONDS", 20));
    const int seed = tests::amount("WSLPLUGINS_SOAK_SEED",
                                   static_cast<int>(std::random_device()() % 1'000'000'000));
    std::cout << "seed " << seed << std::endl;
    Choices choices(static_cast<std::uint64_t>(seed));
    int commands = 0;
    while (std::chrono::steady_clock::now() < end) {
        RandomPlugin first('a', static_cast<std::uint64_t>(choices.below(1 << 30)));
        RandomPlugin second('b', static_cast<std::uint64_t>(choices.below(1 << 30)));
        ServiceOptions options;
        options.plugins = {first.relayed.registration(), second.relayed.registration()};
        options.distributions = {
            {"Debian", Guid::parse("00000001-0000-0000-0000-00000000000a").value(), ""},
            {"Alpine", Guid::parse("00000002-0000-0000-0000-00000000000b").value(), ""}};
        const auto service = start_service(std::move(options));
        service->wslc().publish({.reference = "image"});
        std::vector<std::jthread> threads;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([&, own = choices.below(1 << 30)] {
                Choices mine(static_cast<std::uint64_t>(own));
                for (int count = 0; count < 10; ++count) {
                    do_anything(mine, *service);
                }
            });
        }
        commands += 30;
    }
    std::cout << commands << " commands" << std::endl;
}

}  // namespace
}  // namespace wslplugins::testhost
