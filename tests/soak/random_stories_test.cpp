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

/// One plugin and its own choices: the order in which threads come to it is not the seed's.
class RandomPlugin {
public:
    RandomPlugin(char letter, std::uint64_t seed) : choices_(seed), relayed(letter) {
        for (const Hook hook : {Hook::OnVMStarted,
                                Hook::OnVMStopping,
                                Hook::OnDistributionStarted,
                                Hook::OnDistributionStopping}) {
            relayed.on(hook, [this](const HookArguments& arguments) {
                Choices own = fork();
                return behave(own, arguments);
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

void give_a_command(Choices& choices, Service& service) {
    const User user = service.user(choices.one_in(3) ? "bob" : "");
    switch (choices.below(5)) {
        case 0: (void)user.shutdown(); break;
        case 1: (void)user.launch("Alpine", {"true"}); break;
        case 2: (void)user.launch("no such distribution", {"true"}); break;
        case 3: (void)user.launch("", {"sh", "-c", "echo out; echo err >&2; exit 3"}); break;
        default: (void)user.launch("", {"true"});
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
        std::vector<std::jthread> threads;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([&, own = choices.below(1 << 30)] {
                Choices mine(static_cast<std::uint64_t>(own));
                for (int count = 0; count < 10; ++count) {
                    give_a_command(mine, *service);
                }
            });
        }
        commands += 30;
    }
    std::cout << commands << " commands" << std::endl;
}

}  // namespace
}  // namespace wslplugins::testhost
