// SPDX-License-Identifier: MIT
/// @file
/// What is different when each plugin has a process of its own.
#include "platform/paths.hpp"
#include "testhost/plugins/plugin_manager.hpp"
#include "testhost/scripted/scripted_plugins.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <future>

namespace wslplugins::testhost {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

std::unique_ptr<Service> start(std::initializer_list<const ScriptedPlugin*> plugins) {
    std::vector<PluginRegistration> registrations;
    for (const ScriptedPlugin* plugin : plugins) {
        registrations.push_back(plugin->registration());
    }
    return start_service(HostModel::OwnProcess, registrations);
}

std::size_t count_of(Service& service, const std::string& name) {
    return static_cast<std::size_t>(
        std::ranges::count(service.journal().entries(), name, &JournalEntry::name));
}

TEST(OwnProcess, AHookMayWaitForAWorkerThatCallsTheService) {
    const ScriptedPlugin a('a', "OnVMStarted worker-runs echo\nOnVMStopping worker-runs echo\n");
    const auto service = start({&a});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_THAT(said(*service), ElementsAre("a run hello", "a run hello"));
}

TEST(OwnProcess, AContainerHookMayWaitForAWorkerToo) {
    const ScriptedPlugin a('a',
                           "OnSessionCreated container-worker\nWslcVmStarted container-worker\n");
    const auto service = start({&a});
    service->wslc().publish({.reference = "base"});
    EXPECT_EQ(service->wslc().pull("base").exit_code, 0);
    EXPECT_THAT(said(*service),
                ElementsAre("a unmount WSLC_E_VM_NOT_RUNNING", "a unmount ERROR_NOT_FOUND"));
}

TEST(OwnProcess, FourThreadsOfAHookMountAndRunAtOnce) {
    const ScriptedPlugin a('a', "OnDistributionStarted four-threads\n");
    const auto service = start({&a});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(said(*service), IsEmpty());
    EXPECT_EQ(count_of(*service, "MountFolder"), 4u);
    EXPECT_EQ(count_of(*service, "ExecuteBinary"), 4u);
}

TEST(OwnProcess, CallsOutsideHooksAreServedAndNeverKeptByATeardown) {
    const ScriptedPlugin a('a', "EntryPoint free-worker\nOnVMStopping say stopping\n");
    const auto service = start({&a});
    wait_until_said(*service, "a worker: run RPC_E_DISCONNECTED");
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    wait_until_said(*service, "a worker: run ");
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    wait_until_said(*service, "a worker: run ERROR_INVALID_STATE");
}

TEST(OwnProcess, CallsOfAWorkerNameThePluginAndHaveNoHook) {
    const ScriptedPlugin a('a', "OnVMStarted worker-runs echo;run echo\n");
    const auto service = start({&a});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    std::vector<std::uint64_t> parents;
    for (const JournalEntry& entry : service->journal().entries()) {
        if (entry.name == "ExecuteBinary") {
            EXPECT_EQ(entry.plugin, "a");
            parents.push_back(entry.parent);
        }
    }
    EXPECT_THAT(parents, ElementsAre(0u, entry_named(*service, "OnVMStarted").id));
}

TEST(OwnProcess, ADeadProcessVetoesNothingAndIsAskedNoMore) {
    const ScriptedPlugin a('a',
                           "OnVMStarted error too late;die 9\nOnDistributionStarted say never\n"
                           "OnVMStopping say never\n");
    const ScriptedPlugin b('b', "OnVMStarted say alive\nOnVMStopping say alive\n");
    const auto service = start({&a, &b});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0) << "and it is not started again";
    EXPECT_THAT(hooks_called(*service),
                ElementsAre("a OnVMStarted", "b OnVMStarted", "b OnVMStopping", "b OnVMStarted"));
    EXPECT_EQ(entry_named(*service, "OnVMStarted", "a").result, HResult::from_win32(1726));
    EXPECT_EQ(count_of(*service, "plugin-process-ended"), 1u);
    EXPECT_EQ(entry_named(*service, "plugin-process-ended").plugin, "a");
    EXPECT_EQ(detail(entry_named(*service, "plugin-process-ended"), "exit_code"), "9");
}

TEST(OwnProcess, ADeadProcessGivesItsContainerProcessesBack) {
    const ScriptedPlugin a('a',
                           "WslcVmStarted container-leave cat;container-leave cat;die 9\n"
                           "ContainerStarted say never\n");
    ServiceOptions options;
    options.plugins = {a.registration()};
    options.host_model = HostModel::OwnProcess;
    options.strict = true;
    const auto service = start_service(std::move(options));
    service->wslc().publish({.reference = "base"});
    EXPECT_EQ(service->wslc().run({.image = "base", .command = {"echo", "on"}}).text, "on\n")
        << "the session goes on";
    EXPECT_THAT(said(*service), ElementsAre("a leave 0x00000000", "a leave 0x00000000"));
    EXPECT_EQ(detail(entry_named(*service, "plugin-process-ended"), "released_processes"), "2");
    service->stop();
    EXPECT_EQ(count_of(*service, "handle-leaked"), 0u) << "they are nobody's any more";
}

TEST(OwnProcess, AProcessThatUnloadsInOrderLeavesWhatItHasLeaked) {
    const ScriptedPlugin a('a', "WslcVmStarted container-leave cat\n");
    ServiceOptions options;
    options.plugins = {a.registration()};
    options.host_model = HostModel::OwnProcess;
    options.strict = true;
    const auto service = start_service(std::move(options));
    service->wslc().publish({.reference = "base"});
    EXPECT_EQ(service->wslc().pull("base").exit_code, 0);
    service->stop();
    EXPECT_EQ(entry_named(*service, "handle-leaked").plugin, "a");
    EXPECT_EQ(count_of(*service, "plugin-process-ended"), 0u);
}

TEST(OwnProcess, AProcessThatDiesWhileItLoadsIsNoLoadFailure) {
    const ScriptedPlugin a('a', "EntryPoint die 3\nOnVMStarted say never\n");
    const auto service = start({&a});
    EXPECT_EQ(entry_named(*service, "load").result, HResult::from_win32(1726));
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(hooks_called(*service), IsEmpty());
}

TEST(OwnProcess, AProcessThatDiesBetweenHooksIsNoticed) {
    const ScriptedPlugin a('a', "OnVMStarted worker-dies 7\nOnVMStopping say never\n");
    const auto service = start({&a});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_THAT(said(*service), IsEmpty());
}

TEST(OwnProcess, OneThatOnlyUnloadsIsNotReportedAsDead) {
    const ScriptedPlugin a('a', "OnVMStarted say hello\n");
    Journal journal;
    ServiceOptions options;
    options.host_model = HostModel::OwnProcess;
    options.signature_check = SignatureCheck::Unofficial;
    options.plugins = {a.registration()};
    const auto manager = PluginManager::load(options, journal);
    ASSERT_TRUE(manager);
    (*manager)->unload();
    for (const JournalEntry& entry : journal.entries()) {
        EXPECT_NE(entry.name, "plugin-process-ended");
    }
}

TEST(OwnProcess, TextsForTheUserStayOnNoThread) {
    const ScriptedPlugin a('a', "OnVMStopping error nobody asks\nOnVMStarted say fine\n");
    const auto service = start({&a});
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
        EXPECT_EQ(service->user().shutdown().exit_code, 0);
    }
    EXPECT_THAT(said(*service), Contains("a error 0x00000000").Times(3));
}

TEST(OwnProcess, HooksOfOnePluginAreCalledOneAtATime) {
    const ScriptedPlugin a('a', "OnVMStarted say in\nOnVMStopping say in\n");
    Journal journal;
    ServiceOptions options;
    options.host_model = HostModel::OwnProcess;
    options.signature_check = SignatureCheck::Unofficial;
    options.plugins = {a.registration()};
    const auto manager = PluginManager::load(options, journal);
    ASSERT_TRUE(manager);
    const abi::WSLSessionInformation session{0, nullptr, nullptr};
    const abi::WSLVmCreationSettings settings{abi::None};
    std::vector<std::future<void>> users;
    for (int user = 0; user < 4; ++user) {
        users.push_back(std::async(std::launch::async, [&] {
            for (int i = 0; i < 50; ++i) {
                (void)(*manager)->play({Hook::OnVMStarted, &session, &settings, {}});
                (void)(*manager)->play({Hook::OnVMStopping, &session, {}, {}});
            }
        }));
    }
    for (auto& user : users) {
        user.get();
    }
    (*manager)->unload();
    std::vector<std::string> texts;
    for (const JournalEntry& entry : journal.entries()) {
        if (entry.kind == JournalKind::Log) {
            texts.push_back(entry.text);
        }
    }
    EXPECT_EQ(texts.size(), 400u);
    EXPECT_THAT(texts, Each("in"));
}

TEST(OwnProcess, AStringThatIsNullStaysNull) {
    const ScriptedPlugin a('a',
                           "OnDistributionStarted tell\nOnDistributionRegistered tell\n"
                           "ContainerStarted tell\n");
    ServiceOptions options;
    options.host_model = HostModel::OwnProcess;
    options.signature_check = SignatureCheck::Unofficial;
    options.plugins = {a.registration()};
    Journal journal;
    const auto manager = PluginManager::load(options, journal);
    ASSERT_TRUE(manager);
    const WideString name = to_utf16("Name").value();
    const WideString empty;
    const abi::WSLSessionInformation session{0, nullptr, nullptr};
    const abi::WSLDistributionInformation running{
        {}, name.c_str(), 1, nullptr, 2, empty.c_str(), nullptr};
    const abi::WslOfflineDistributionInformation offline{
        {}, name.c_str(), empty.c_str(), nullptr, empty.c_str()};
    const abi::WSLCSessionInformation containers{1, nullptr, 0, nullptr, nullptr};
    const auto play = [&](Hook hook, HookCall::Session of, HookCall::Payload payload) {
        EXPECT_EQ((*manager)->play({hook, of, payload, {}}), HResult::ok);
    };
    play(Hook::OnDistributionStarted, &session, &running);
    play(Hook::OnDistributionRegistered, &session, &offline);
    play(Hook::ContainerStarted, &containers, static_cast<abi::LPCSTR>(nullptr));
    play(Hook::ContainerStarted, &containers, "{}");
    (*manager)->unload();
    std::vector<std::string> logged;
    for (const JournalEntry& entry : journal.entries()) {
        if (entry.kind == JournalKind::Log) {
            logged.push_back(entry.text);
        }
    }
    EXPECT_THAT(logged, ElementsAre("'Name' NULL '' NULL", "'Name' '' NULL ''", "NULL", "{}"));
}

TEST(OwnProcess, AMissingHostProgramKeepsTheServiceFromStarting) {
    const ScriptedPlugin a('a', "");
    const EnvironmentVariable missing("WSLPLUGINS_PLUGIN_HOST", "/no/such/program");
    ServiceOptions options;
    options.host_model = HostModel::OwnProcess;
    const auto service = Service::start(std::move(options));
    ASSERT_FALSE(service);
    EXPECT_EQ(service.error().code(), HResult::file_not_found);
    EXPECT_THAT(service.error().text(), testing::HasSubstr("/no/such/program"));
}

TEST(OwnProcess, AHostProgramOfAnotherKindIsALostPlugin) {
    const ScriptedPlugin a('a', "OnVMStarted say never\n");
    const auto guest = find_guest_program();
    ASSERT_TRUE(guest);
    if (platform::is_wine()) {
        GTEST_SKIP() << "the guest is no Windows program";
    }
    const EnvironmentVariable other("WSLPLUGINS_PLUGIN_HOST", *guest);
    const auto service = start({&a});
    EXPECT_EQ(entry_named(*service, "load").result, HResult::from_win32(1726));
    EXPECT_EQ(count_of(*service, "plugin-process-ended"), 1u);
}

}  // namespace
}  // namespace wslplugins::testhost
