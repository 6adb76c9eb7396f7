// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_probe.hpp"

#include "testhost/user/user_sid.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>

#include <cstring>
#include <future>
#include <thread>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;

ServiceOptions of_version(const Version& version, const RelayedPlugin& plugin) {
    ServiceOptions options;
    options.version = version;
    options.plugins = {plugin.registration()};
    return options;
}

/// Gives a walk over the sessions something to do that needs no session.
void walk(const RelayedPlugin& plugin) {
    EXPECT_EQ(plugin.api().WSLCUnmountFolder(12345, "/x"), session_not_found);
}

TEST(ContainerSession, IsIntroducedWhenItIsMadeAndNotWhenItIsOpened) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const auto service = start_service({&plugin});
    const std::uint32_t session = make_session(*service);
    EXPECT_EQ(session, 1u);
    EXPECT_EQ(service->wslc().open_session("test").value(), session);
    EXPECT_THAT(hook_names(*service), ElementsAre("OnSessionCreated"));
    EXPECT_EQ(service->wslc().open_session("other").error().code(),
              HResult::container_session_not_found);
    const auto again = service->wslc().create_session({.display_name = "test"});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code(), HResult::already_exists);
    EXPECT_EQ(service->wslc().create_session({.display_name = ""}).error().code(),
              HResult::from_bits(0x80040608u));
}

TEST(ContainerSession, IsNotTouchedByThePolicyThatDisablesWsl) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const auto service = start_service({&plugin});
    (void)make_session(*service);
    WslPolicy policy;
    policy.allows_wsl = false;
    service->set_policy(policy);
    EXPECT_THAT(hook_names(*service), ElementsAre("OnSessionCreated"));
    EXPECT_TRUE(service->wslc().open_session("test").has_value());
}

TEST(ContainerSession, RefusedByAPluginIsNobodysAndItsIdIsNotUsedAgain) {
    RelayedPlugin a('a');
    RelayedPlugin b('b');
    RelayedPlugin c('c');
    for (RelayedPlugin* plugin : {&a, &b, &c}) {
        plugin->watch_everything();
    }
    bool refuses = true;
    b.on(Hook::OnSessionCreated, [&](const HookArguments& arguments) -> abi::HRESULT {
        if (!refuses) {
            return 0;
        }
        (void)arguments.api.PluginError(to_utf16("not today").value().c_str());
        return code(0x80070005u);
    });
    const auto service = start_service({&a, &b, &c});
    const auto refused = service->wslc().create_session({.display_name = "test"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), HResult::access_denied);
    EXPECT_EQ(refused.error().text(),
              "A fatal error was returned by plugin 'b'. Error message: 'not today'");
    EXPECT_THAT(hooks_called(*service), ElementsAre("a OnSessionCreated", "b OnSessionCreated"));
    walk(a);
    refuses = false;
    EXPECT_EQ(make_session(*service), 2u);
    EXPECT_THAT(hooks_called(*service),
                ElementsAre("a OnSessionCreated",
                            "b OnSessionCreated",
                            "a OnSessionCreated",
                            "b OnSessionCreated",
                            "c OnSessionCreated"));
}

TEST(ContainerSession, RefusedIsShownByTheCommandWithoutAContext) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnSessionCreated, [](const HookArguments&) { return code(0x80070005u); });
    const auto service = start_service({&plugin});
    const UserOutput output = service->wslc().list_images();
    EXPECT_EQ(output.exit_code, 1);
    EXPECT_EQ(output.text,
              "A fatal error was returned by plugin 'a'\nError code: E_ACCESSDENIED\n");
}

TEST(ContainerSession, HasNoMachineWhileItIsIntroduced) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnSessionCreated, [](const HookArguments& arguments) {
        const std::uint32_t id = arguments.container_session().SessionId;
        EXPECT_EQ(attempt_program(arguments.api, id, "/bin/true", {"true"}).result, vm_not_running);
        EXPECT_EQ(arguments.api.WSLCUnmountFolder(id, "/x"), vm_not_running);
        return 0;
    });
    const auto service = start_service({&plugin});
    (void)make_session(*service);
}

TEST(ContainerSession, HadAMachineFromItsBeginningUntil294) {
    RelayedPlugin plugin('a');
    plugin.watch_everything(Version{2, 9, 4});
    plugin.on(Hook::OnSessionCreated, [](const HookArguments& arguments) {
        EXPECT_EQ(run_program(arguments.api,
                              arguments.container_session().SessionId,
                              {"/bin/echo", "early"})
                      .output,
                  "early\n");
        return 0;
    });
    const auto service = start_service(of_version(Version{2, 9, 4}, plugin));
    const std::uint32_t session = make_running_session(*service);
    EXPECT_FALSE(service->wslc().let_idle_time_pass(session).value());
    EXPECT_EQ(run_program(plugin.api(), session, {"/bin/echo", "later"}).output, "later\n");
    EXPECT_THAT(hook_names(*service), ElementsAre("OnSessionCreated"));
}

TEST(ContainerSession, DoesNotExistInAnOlderService) {
    RelayedPlugin plugin('a');
    const auto service = start_service(of_version(Version{2, 8, 6}, plugin));
    EXPECT_EQ(service->wslc().create_session({.display_name = "test"}).error().code(),
              HResult::not_supported);
}

TEST(ContainerSession, ThatEndsIsToldByTheNextWalkOnItsThread) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    std::thread::id told;
    plugin.on(Hook::OnSessionStopping, [&](const HookArguments& arguments) {
        told = std::this_thread::get_id();
        // The walk that found it has let go of it.
        EXPECT_EQ(arguments.api.WSLCUnmountFolder(arguments.container_session().SessionId, "/x"),
                  session_not_found);
        return code(0x80004005u);
    });
    const auto service = start_service({&plugin});
    const std::uint32_t session = make_session(*service);
    ASSERT_TRUE(service->wslc().release_session(session));
    EXPECT_THAT(hook_names(*service), ElementsAre("OnSessionCreated"));
    std::thread caller([&] { walk(plugin); });
    const std::thread::id thread = caller.get_id();
    caller.join();
    EXPECT_EQ(told, thread) << "inside the plugin's own call";
    walk(plugin);
    EXPECT_THAT(hook_names(*service), ElementsAre("OnSessionCreated", "OnSessionStopping"));
}

TEST(ContainerSession, ThatEndsIsNotToldInsideAContainerHook) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const auto service = start_service({&plugin});
    const std::uint32_t gone = make_session(*service, "gone");
    const std::uint32_t held = make_session(*service, "held");
    plugin.on(Hook::WslcVmStarted, [&](const HookArguments& arguments) {
        EXPECT_TRUE(service->wslc().release_session(gone));
        EXPECT_EQ(run_program(arguments.api, held, {"/bin/echo", "x"}).output, "x\n");
        return 0;
    });
    EXPECT_EQ(service->wslc().in_session("held").list_images().exit_code, 0);
    EXPECT_THAT(hook_names(*service),
                ElementsAre("OnSessionCreated", "OnSessionCreated", "WslcVmStarted"));
    walk(plugin);
    EXPECT_EQ(hook_names(*service).back(), "OnSessionStopping");
}

TEST(ContainerSession, OfTheCommandLineIsKeptUntilItIsTerminated) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const auto service = start_service({&plugin});
    EXPECT_EQ(service->wslc("Ann").list_images().exit_code, 0);
    EXPECT_EQ(service->wslc("Ann").list_images().exit_code, 0);
    EXPECT_THAT(hook_names(*service), ElementsAre("OnSessionCreated", "WslcVmStarted"));
    EXPECT_EQ(detail(entry_named(*service, "OnSessionCreated"), "display_name"), "wslc-cli-Ann");
    ASSERT_TRUE(service->wslc().terminate_session(1));
    EXPECT_EQ(hook_names(*service).back(), "WslcVmStopping");
    EXPECT_EQ(service->wslc("Ann").list_images().exit_code, 0);
    EXPECT_THAT(hook_names(*service),
                ElementsAre("OnSessionCreated",
                            "WslcVmStarted",
                            "WslcVmStopping",
                            "OnSessionStopping",
                            "OnSessionCreated",
                            "WslcVmStarted"));
}

TEST(ContainerSession, IsToldItsEndBeforeItsMachinesWhenTheServiceStops) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    std::vector<std::string> order;
    for (const Hook hook : {Hook::OnSessionStopping, Hook::WslcVmStopping}) {
        plugin.on(hook, [&order, hook](const HookArguments& arguments) {
            order.emplace_back(slot_of(hook).name);
            EXPECT_EQ(
                arguments.api.WSLCUnmountFolder(arguments.container_session().SessionId, "/x"),
                disconnected_error);
            return 0;
        });
    }
    auto service = start_service({&plugin});
    (void)make_running_session(*service);
    (void)make_session(*service, "never used");
    service.reset();
    EXPECT_THAT(order, ElementsAre("OnSessionStopping", "OnSessionStopping", "WslcVmStopping"));
}

TEST(ContainerSession, IsDescribedAnewToEveryHook) {
    RelayedPlugin plugin('a');
    std::vector<const void*> seen;
    const auto look = [&](const HookArguments& arguments) {
        const abi::WSLCSessionInformation& session = arguments.container_session();
        seen.push_back(&session);
        EXPECT_EQ(session.SessionId, 1u);
        EXPECT_EQ(to_utf8(session.DisplayName).value(), "test");
        EXPECT_EQ(session.ApplicationPid, 4711u);
        constexpr Sid sid = user_sid("");
        EXPECT_EQ(std::memcmp(session.UserSid, &sid, sizeof sid), 0);
#if defined(_WIN32)
        EXPECT_NE(session.UserToken, nullptr);
#else
        EXPECT_EQ(session.UserToken, nullptr);
#endif
        return 0;
    };
    plugin.on(Hook::OnSessionCreated, look);
    plugin.on(Hook::WslcVmStarted, look);
    const auto service = start_service({&plugin});
    (void)make_running_session(*service);
    EXPECT_EQ(seen.size(), 2u);
}

TEST(ContainerSession, IsNotStoppedByAPluginThatCouldNotBeLoaded) {
    ServiceOptions options;
    options.plugins = {{"missing", "/no/such/plugin", true}};
    const auto service = start_service(std::move(options));
    (void)make_running_session(*service);
    EXPECT_NE(service->user().launch("", {"true"}).exit_code, 0) << "WSL itself is";
}

TEST(ContainerSession, IsUnknownWhilePluginsAreLoaded) {
    RelayedPlugin plugin('a');
    abi::HRESULT answered = 0;
    plugin.on_entry([&](const abi::WSLPluginAPIV1& api, abi::WSLPluginHooksV1&) {
        int seen = 0;
        abi::HANDLE handle = nullptr;
        answered = api.WSLCUnmountFolder(1, "/x");
        EXPECT_EQ(api.WSLCProcessGetExitEvent(&seen, &handle), pointer_error);
        api.WSLCReleaseProcess(&seen);
        return 0;
    });
    const auto service = start_service({&plugin});
    EXPECT_EQ(answered, disconnected_error);
}

TEST(ContainerSession, LocksOtherThreadsOutWhileItIsIntroduced) {
    RelayedPlugin plugin('a');
    std::future<abi::HRESULT> blocked;
    plugin.on(Hook::OnSessionCreated, [&](const HookArguments& arguments) {
        blocked = std::async(std::launch::async,
                             [&api = arguments.api] { return api.WSLCUnmountFolder(12345, "/x"); });
        EXPECT_EQ(blocked.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout);
        EXPECT_EQ(arguments.api.WSLCUnmountFolder(12345, "/x"), session_not_found)
            << "the hook's own thread goes on";
        return 0;
    });
    const auto service = start_service({&plugin});
    (void)make_session(*service);
    EXPECT_EQ(blocked.get(), session_not_found);
}

TEST(ContainerPluginError, LeftByAnImageHookFailsTheNextContainer) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    plugin.on(Hook::ImageCreated, [](const HookArguments& arguments) {
        return arguments.api.PluginError(to_utf16("lost").value().c_str());
    });
    const auto service = start_service({&plugin});
    service->wslc().publish({.reference = "base", .cmd = {"/bin/true"}});
    const UserOutput output = service->wslc().run({.image = "base"});
    EXPECT_EQ(output.exit_code, 1);
    EXPECT_EQ(output.text,
              "An install, uninstall, or conversion is in progress for this distribution.\n"
              "Error code: E_ILLEGAL_STATE_CHANGE\n");
}

}  // namespace
}  // namespace wslplugins::testhost
