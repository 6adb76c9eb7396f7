// SPDX-License-Identifier: MIT
// Virtual machines that start and stop for as long as a service runs.
#include "soak/resources.hpp"
#include "testhost/raw_plugins.hpp"

#include "platform/socket.hpp"

#include <gtest/gtest.h>

#include <iostream>

namespace wslplugins::testhost {
namespace {

using tests::Resources;

/// Runs a program in the virtual machine and reads all it writes.
abi::HRESULT run_echo(const HookArguments& hook) {
    const char* arguments[] = {"echo", "hello", nullptr};
    abi::SOCKET raw = platform::invalid_socket;
    const abi::HRESULT code =
        hook.api.ExecuteBinary(hook.session().SessionId, "/bin/echo", arguments, &raw);
    platform::Socket socket(raw);
    std::array<std::byte, 64> chunk{};
    while (code >= 0 && socket.receive(chunk).value_or(0) > 0) {
    }
    return code;
}

TEST(Cycles, EndWithWhatTheyBeganWith) {
    // WSLPLUGINS_SOAK_CYCLES: how many.
    const int cycles = tests::amount("WSLPLUGINS_SOAK_CYCLES", 50);
    RelayedPlugin first('a');
    RelayedPlugin second('b');
    first.watch_everything();
    second.watch_everything();
    first.on(Hook::OnVMStarted, run_echo);
    const auto service = start_service({&first, &second});
    const auto cycle = [&] {
        ASSERT_EQ(service->user().launch("", {"true"}).exit_code, 0);
        ASSERT_EQ(service->user().shutdown().exit_code, 0);
        (void)service->journal().take();
    };
    constexpr int until_everything_was_used_once = 20;
    for (int i = 0; i < until_everything_was_used_once; ++i) {
        cycle();
    }
    const Resources before = Resources::now();
    for (int i = 0; i < cycles && !HasFatalFailure(); ++i) {
        cycle();
    }
    const Resources after = Resources::now();
    std::cout << "before: " << before << "\nafter " << cycles << " cycles: " << after << std::endl;
    EXPECT_EQ(after.handles, before.handles);
    EXPECT_EQ(after.threads, before.threads);
    EXPECT_EQ(after.mounts, before.mounts);
    EXPECT_LE(after.memory, before.memory + 1024 * 1024);
}

}  // namespace
}  // namespace wslplugins::testhost
