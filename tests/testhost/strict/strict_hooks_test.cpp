// SPDX-License-Identifier: MIT
#include "testhost/strict/strict_service.hpp"

#include "platform/socket.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

constexpr abi::HRESULT possible_deadlock = code(0x8007046Bu);

TEST(StrictHook, IsReportedWhenAnExceptionLeavesIt) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments&) { return fixtures::throw_instead; });
    const auto service = start_service(strict_options({&plugin}));
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, -1);
    EXPECT_THAT(findings_of(*service), ElementsAre("a OnVMStarted exception-left-plugin"));
    EXPECT_EQ(entry_named(*service, "exception-left-plugin").text, fixtures::thrown_text);
}

TEST(StrictHook, IsReportedWhenAnExceptionLeavesTheEntryPoint) {
    RelayedPlugin plugin('a');
    plugin.on_entry(
        [](const abi::WSLPluginAPIV1&, abi::WSLPluginHooksV1&) { return fixtures::throw_instead; });
    EXPECT_THAT(findings_in_a_run(plugin),
                ElementsAre("a WSLPluginAPIV1_EntryPoint exception-left-plugin"));
}

TEST(StrictHook, IsReportedWhenItTakesLongerThanTheLimit) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments&) {
        std::this_thread::sleep_for(50ms);
        return 0;
    });
    ServiceOptions options = strict_options({&plugin});
    options.strict_limits.slow_hook = 20ms;
    EXPECT_THAT(findings_in_a_run(std::move(options)), ElementsAre("a OnVMStarted hook-slow"));
}

TEST(StrictHook, IsNotReportedWithinTheLimit) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments&) {
        std::this_thread::sleep_for(50ms);
        return 0;
    });
    EXPECT_THAT(findings_in_a_run(plugin), IsEmpty());
}

TEST(StrictHook, IsReportedWhileItHasNotReturned) {
    RelayedPlugin plugin('a');
    Service* running = nullptr;
    plugin.on(Hook::OnVMStarted, [&](const HookArguments&) {
        const auto give_up = std::chrono::steady_clock::now() + 60s;
        while (findings_of(*running).empty() && std::chrono::steady_clock::now() < give_up) {
            std::this_thread::yield();
        }
        return 0;
    });
    ServiceOptions options = strict_options({&plugin});
    options.strict_limits.hung_hook = 50ms;
    testing::internal::CaptureStderr();
    auto service = start_service(std::move(options));
    running = service.get();
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(findings_of(*service), ElementsAre("a OnVMStarted hook-still-running"));
    EXPECT_EQ(detail(entry_named(*service, "hook-still-running"), "hook_thread"),
              std::to_string(entry_named(*service, "OnVMStarted").thread));
    service.reset();
    EXPECT_THAT(testing::internal::GetCapturedStderr(),
                HasSubstr("hook-still-running: plugin 'a', OnVMStarted: it has not returned "
                          "within 50 ms"));
}

TEST(StrictHook, IsReportedForEachThatHasNotReturned) {
    RelayedPlugin a('a');
    Service* running = nullptr;
    std::atomic<int> inside = 0;
    a.on(Hook::OnVMStarted, [&](const HookArguments&) {
        ++inside;
        const auto give_up = std::chrono::steady_clock::now() + 60s;
        while (findings_of(*running).size() < 2 && std::chrono::steady_clock::now() < give_up) {
            std::this_thread::yield();
        }
        return 0;
    });
    ServiceOptions options = strict_options({&a});
    options.strict_limits.hung_hook = 50ms;
    options.distributions = {
        {"One", Guid::parse("00000001-0000-0000-0000-00000000000a").value(), {}},
        {"Two", Guid::parse("00000001-0000-0000-0000-00000000000b").value(), {}, 2, "alice"}};
    testing::internal::CaptureStderr();
    auto service = start_service(std::move(options));
    running = service.get();
    auto other = std::async(std::launch::async,
                            [&] { return service->user("alice").launch("Two", {}).exit_code; });
    EXPECT_EQ(service->user().launch("One", {}).exit_code, 0);
    EXPECT_EQ(other.get(), 0);
    EXPECT_EQ(inside, 2);
    EXPECT_THAT(
        findings_of(*service),
        ElementsAre("a OnVMStarted hook-still-running", "a OnVMStarted hook-still-running"));
    service.reset();
    (void)testing::internal::GetCapturedStderr();
}

TEST(StrictHook, IsReportedWhenItWritesToTheTableOfHooks) {
    RelayedPlugin plugin('a');
    abi::WSLPluginHooksV1* table = nullptr;
    plugin.on_entry([&](const abi::WSLPluginAPIV1&, abi::WSLPluginHooksV1& hooks) {
        table = &hooks;
        return 0;
    });
    plugin.on(Hook::OnVMStarted, [&](const HookArguments&) {
        table->OnVMStopping = [](const abi::WSLSessionInformation*) { return 0; };
        return 0;
    });
    plugin.on(Hook::OnDistributionStarted, [](const HookArguments&) { return 0; });
    EXPECT_THAT(findings_in_a_run(plugin), ElementsAre("a OnVMStarted hooks-written-after-load"));
}

TEST(StrictHook, IsReportedWhenItWaitsForACallThatWaitsForIt) {
    RelayedPlugin plugin('a');
    abi::HRESULT answer = 0;
    plugin.on(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        const abi::WSLSessionId session = arguments.session().SessionId;
        std::thread([&] { answer = run_true(arguments.api, session).first; }).join();
        return 0;
    });
    ServiceOptions options = strict_options({&plugin});
    options.strict_limits.blocked_call = 50ms;
    const auto service = start_service(std::move(options));
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(answer, possible_deadlock);
    EXPECT_THAT(findings_of(*service), ElementsAre("a OnVMStarted hook-waits-for-blocked-call"));

    const JournalEntry entry = entry_named(*service, "hook-waits-for-blocked-call");
    EXPECT_EQ(detail(entry, "call"), "ExecuteBinary");
    EXPECT_EQ(detail(entry, "hook_thread"),
              std::to_string(entry_named(*service, "OnVMStarted").thread));
    EXPECT_EQ(detail(entry, "call_thread"),
              std::to_string(entry_named(*service, "ExecuteBinary").thread));
    EXPECT_EQ(entry.thread, entry_named(*service, "ExecuteBinary").thread);
}

TEST(StrictHook, IsReportedWhenItWaitsForAContainerCallThatWaitsForIt) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnSessionCreated, [](const HookArguments& arguments) {
        const abi::WSLCSessionId session = arguments.container_session().SessionId;
        std::thread([&] {
            EXPECT_EQ(arguments.api.WSLCUnmountFolder(session, "/none"), possible_deadlock);
        }).join();
        return 0;
    });
    ServiceOptions options = strict_options({&plugin});
    options.strict_limits.blocked_call = 50ms;
    const auto service = start_service(std::move(options));
    EXPECT_TRUE(service->wslc().create_session({.display_name = "test", .storage_path = "test"}));
    EXPECT_THAT(findings_of(*service),
                ElementsAre("a OnSessionCreated hook-waits-for-blocked-call"));
}

TEST(StrictHook, IsNotReportedWhenACallWaitsForItAShortWhile) {
    RelayedPlugin plugin('a');
    std::thread worker;
    plugin.on(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        const abi::WSLPluginAPIV1& api = arguments.api;
        const abi::WSLSessionId session = arguments.session().SessionId;
        worker = std::thread([&api, session] {
            const auto [result, socket] = run_true(api, session);
            EXPECT_EQ(result, 0);
            const platform::Socket closes(socket);
        });
        return 0;
    });
    const auto service = start_service(strict_options({&plugin}));
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    worker.join();
    EXPECT_THAT(findings_of(*service), IsEmpty());
}

}  // namespace
}  // namespace wslplugins::testhost
