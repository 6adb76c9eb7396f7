// SPDX-License-Identifier: MIT
#include "testhost/raw_plugins.hpp"

#include "platform/socket.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace wslplugins::testhost {
namespace {

constexpr std::size_t commands = 200;
constexpr int first_number = 100'000;
constexpr int last_number = first_number + 1024 * 1024 / 7;  // seven bytes a line

std::string expected_output() {
    std::string text;
    for (int number = first_number; number <= last_number; ++number) {
        text += std::to_string(number) + '\n';
    }
    return text;
}

/// What the program wrote; the code of a call that failed.
std::string run_seq(const abi::WSLPluginAPIV1& api, abi::WSLSessionId session) {
    const std::string first = std::to_string(first_number);
    const std::string last = std::to_string(last_number);
    const char* arguments[] = {"seq", first.c_str(), last.c_str(), nullptr};
    abi::SOCKET raw = platform::invalid_socket;
    const HResult code(api.ExecuteBinary(session, "/usr/bin/seq", arguments, &raw));
    if (code.is_failure()) {
        return to_string(code);
    }
    platform::Socket socket(raw);
    std::string output;
    std::array<char, 16 * 1024> chunk{};
    for (;;) {
        const auto count = socket.receive(std::as_writable_bytes(std::span(chunk)));
        if (!count) {
            return count.error().to_string();
        }
        if (*count == 0) {
            return output;
        }
        output.append(chunk.data(), *count);
    }
}

TEST(ParallelCommands, OfAMebibyteEachComeThroughWhole) {
    RelayedPlugin plugin('a');
    abi::WSLSessionId session = 0;
    plugin.on(Hook::OnVMStarted, [&](const HookArguments& hook) {
        session = hook.session().SessionId;
        return 0;
    });
    const auto service = start_service({&plugin});
    ASSERT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    const std::string expected = expected_output();
    ASSERT_GE(expected.size(), 1024u * 1024u);

    std::array<std::string, commands> outputs;
    {
        std::vector<std::jthread> threads;
        for (std::string& output : outputs) {
            threads.emplace_back([&] { output = run_seq(plugin.api(), session); });
        }
    }
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        EXPECT_EQ(outputs[i].size(), expected.size())
            << "command " << i << ": " << outputs[i].substr(0, 200);
        EXPECT_TRUE(outputs[i] == expected) << "command " << i;
    }
}

}  // namespace
}  // namespace wslplugins::testhost
