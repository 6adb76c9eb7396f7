// SPDX-License-Identifier: MIT
#include "testhost/raw_plugins.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;

constexpr char gate_path[] = "Error code: Wsl/Service/CreateInstance/CreateVm/Plugin/";

std::unique_ptr<Service> start_with(std::vector<PluginRegistration> plugins) {
    ServiceOptions options;
    options.plugins = std::move(plugins);
    return start_service(std::move(options));
}

std::string fatal(const std::string& plugin, const std::string& code) {
    return "A fatal error was returned by plugin '" + plugin + "'\n" + gate_path + code + '\n';
}

TEST(Loading, AMissingFileStopsEveryVirtualMachine) {
    const auto service = start_with({{"gone", raw_fixture("gone")}});
    const UserOutput first = service->user().launch("", {"true"});
    EXPECT_EQ(first.exit_code, -1);
    EXPECT_EQ(first.text, fatal("gone", "ERROR_MOD_NOT_FOUND"));
    EXPECT_EQ(service->user().launch("", {"true"}).text, first.text) << "nothing tries again";
}

TEST(Loading, AFileThatIsNoLibraryIsABadFormat) {
    const auto service = start_with({{"text", raw_fixture("not_a_library")}});
    EXPECT_EQ(service->user().launch("", {"true"}).text, fatal("text", "ERROR_BAD_EXE_FORMAT"));
}

TEST(Loading, ALibraryWithoutTheEntryPointIsRefusedByItsHexCode) {
    const auto service = start_with({{"other", raw_fixture("no_export")}});
    EXPECT_EQ(service->user().launch("", {"true"}).text, fatal("other", "0x8007007f"));
    EXPECT_EQ(entry_named(*service, "find-entry-point").result, HResult::procedure_not_found);
}

TEST(Loading, TheEntryPointsCodeIsShown) {
    RelayedPlugin plugin('a');
    plugin.on_entry([](const auto&, auto&) { return code(0x8000FFFFu); });
    const auto service = start_service({&plugin});
    EXPECT_EQ(service->user().launch("", {"true"}).text, fatal("a", "E_UNEXPECTED"));
}

TEST(Loading, APluginThatNeedsANewerWslSaysSo) {
    RelayedPlugin plugin('a');
    plugin.on_entry([](const auto&, auto&) { return code(0x8004032Au); });
    const auto service = start_service({&plugin});
    EXPECT_EQ(service->user().launch("", {"true"}).text,
              std::string("The plugin 'a' requires a newer version of WSL. Please run: wsl.exe "
                          "--update\n") +
                  gate_path + "WSL_E_PLUGIN_REQUIRES_UPDATE\n");
}

TEST(Loading, AnExceptionOutOfTheEntryPointIsAnUnhandledOne) {
    RelayedPlugin plugin('a');
    plugin.on_entry([](const auto&, auto&) { return fixtures::throw_instead; });
    const auto service = start_service({&plugin});
    EXPECT_EQ(service->user().launch("", {"true"}).text, fatal("a", "ERROR_UNHANDLED_EXCEPTION"));
}

TEST(Loading, OtherSuccessCodesAreSuccesses) {
    RelayedPlugin plugin('a');
    plugin.on_entry([](const auto&, auto&) { return 1; });
    const auto service = start_service({&plugin});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
}

TEST(Loading, TheLastFailureIsTheOneThatIsShown) {
    RelayedPlugin first('a');
    RelayedPlugin last('c');
    RelayedPlugin good('b');
    first.on_entry([](const auto&, auto&) { return code(0x80070005u); });
    last.on_entry([](const auto&, auto&) { return code(0x80004005u); });
    const auto service = start_service({&first, &last, &good});
    EXPECT_EQ(service->user().launch("", {"true"}).text, fatal("c", "E_FAIL"));
    EXPECT_EQ(entry_named(*service, "load", "b").result, HResult::ok)
        << "it is loaded all the same";
}

TEST(Loading, HooksOfLoadedPluginsAreNotCalledBehindTheGate) {
    RelayedPlugin failing('a');
    RelayedPlugin watching('b');
    failing.on_entry([](const auto&, auto&) { return code(0x80004005u); });
    watching.watch_everything();
    const auto service = start_service({&failing, &watching});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, -1);
    EXPECT_THAT(hooks_called(*service), ElementsAre());
}

TEST(Loading, SkipsAPathThatIsRegisteredTwiceInAnySpellingOfItsLetters) {
    RelayedPlugin plugin('a');
    int calls = 0;
    plugin.on_entry([&](const auto&, auto&) {
        ++calls;
        return 0;
    });
    PluginRegistration second = plugin.registration();
    second.name = "second";
    std::ranges::transform(second.path, second.path.begin(), [](unsigned char letter) {
        return static_cast<char>(std::toupper(letter));
    });
    const auto service = start_with({plugin.registration(), second});
    EXPECT_EQ(calls, 1);
    const JournalEntry skipped = entry_named(*service, "skip-registration");
    EXPECT_EQ(skipped.plugin, "second");
    EXPECT_EQ(detail(skipped, "reason"), "its path is registered before");
}

TEST(Loading, SkipsAPathEvenIfItsFirstLoadFailed) {
    RelayedPlugin plugin('a');
    int calls = 0;
    plugin.on_entry([&](const auto&, auto&) { return ++calls == 1 ? code(0x80004005u) : 0; });
    PluginRegistration second = plugin.registration();
    second.name = "second";
    const auto service = start_with({plugin.registration(), second});
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(service->user().launch("", {"true"}).text, fatal("a", "E_FAIL"));
}

TEST(Loading, EntersAFileTwiceThatIsSpeltInTwoWays) {
    RelayedPlugin plugin('a');
    int entries = 0;
    plugin.on_entry([&](const auto&, auto&) {
        ++entries;
        return 0;
    });
    plugin.on(Hook::OnVMStarted, [](const HookArguments&) { return 0; });
    PluginRegistration second = plugin.registration();
    second.name = "second";
    const std::size_t file = second.path.find_last_of("/\\");
    second.path.insert(file, second.path.substr(file, 1) + '.');
    const auto service = start_with({plugin.registration(), second});
    EXPECT_EQ(entries, 2);
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(hooks_called(*service), ElementsAre("a OnVMStarted", "second OnVMStarted"));
}

TEST(Loading, TheKeysUnnamedValueIsAPluginWithoutAName) {
    RelayedPlugin plugin('a');
    plugin.on_entry([](const auto&, auto&) { return code(0x80004005u); });
    PluginRegistration unnamed = plugin.registration();
    unnamed.name.clear();
    const auto service = start_with({unnamed});
    EXPECT_EQ(service->user().launch("", {"true"}).text, fatal("", "E_FAIL"));
}

TEST(Loading, ALibraryThatNeedsOneThatIsNotFoundIsNotFoundItself) {
    const auto service = start_with({{"needy", raw_fixture("needs_elsewhere")}});
    EXPECT_EQ(service->user().launch("", {"true"}).text, fatal("needy", "ERROR_MOD_NOT_FOUND"));
}

TEST(Loading, ALibraryThatRefusesIsShownByItsHexCode) {
#if defined(_WIN32)
    const auto service = start_with({{"refusing", raw_fixture("refuses_to_load")}});
    EXPECT_EQ(service->user().launch("", {"true"}).text, fatal("refusing", "0x8007045a"));
#else
    GTEST_SKIP() << "a shared object cannot refuse to be loaded";
#endif
}

TEST(Loading, AFileThatIsOpenForWritingIsASharingViolationToOfficialBuilds) {
    if (default_signature_check() == SignatureCheck::Unofficial) {
        GTEST_SKIP() << "this platform cannot check signatures";
    }
    const std::string copy = raw_fixture("c_plugin") + ".open.dll";
    std::filesystem::remove(copy);  // MinGW's copy_file overwrites nothing, whatever it is told
    std::filesystem::copy_file(raw_fixture("c_plugin"), copy);
    const std::ofstream writer(copy, std::ios::app | std::ios::binary);
    ServiceOptions options;
    options.plugins = {{"open", copy}};
    auto service = Service::start(std::move(options));
    ASSERT_TRUE(service);
    EXPECT_EQ((*service)->user().launch("", {"true"}).text,
              fatal("open", "ERROR_SHARING_VIOLATION"));
}

TEST(Loading, WhatIsWrittenToTheHooksTableLaterChangesNothing) {
    RelayedPlugin plugin('a');
    abi::WSLPluginHooksV1* table = nullptr;
    plugin.on_entry([&](const auto&, abi::WSLPluginHooksV1& hooks) {
        table = &hooks;
        return 0;
    });
    plugin.on(Hook::OnVMStarted, [&](const HookArguments&) {
        table->OnVMStopping = [](const abi::WSLSessionInformation*) { return code(0x8000FFFFu); };
        table->OnDistributionStarted = nullptr;
        return 0;
    });
    plugin.on(Hook::OnDistributionStarted, [](const HookArguments&) { return 0; });
    const auto service = start_service({&plugin});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_THAT(hooks_called(*service), ElementsAre("a OnVMStarted", "a OnDistributionStarted"));
}

TEST(Loading, AFailureStopsMachinesOnlyAndNoWsl1Distribution) {
    RelayedPlugin plugin('a');
    plugin.on_entry([](const auto&, auto&) { return code(0x80004005u); });
    ServiceOptions options;
    options.plugins = {plugin.registration()};
    const Guid one = Guid::parse("00000000-0000-0000-0000-000000000001").value();
    options.distributions = {{"Old", one, "", 1}};
    const auto service = start_service(std::move(options));
    EXPECT_EQ(service->user().launch("Old", {"true"}).exit_code, 0);
}

TEST(Loading, SkipsAValueOfAnotherType) {
    RelayedPlugin plugin('a');
    bool was_called = false;
    plugin.on_entry([&](const auto&, auto&) {
        was_called = true;
        return 0;
    });
    PluginRegistration registration = plugin.registration();
    registration.is_string = false;
    const auto service = start_with({registration});
    EXPECT_FALSE(was_called);
    EXPECT_EQ(entry_named(*service, "skip-registration").plugin, "a");
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0) << "such a value is no failure";
}

TEST(Loading, HasNoSessionYet) {
    RelayedPlugin plugin('a');
    abi::HRESULT answer = 0;
    plugin.on_entry([&](const abi::WSLPluginAPIV1& api, auto&) {
        const char* arguments[] = {"true", nullptr};
        abi::SOCKET socket = 0;
        answer = api.ExecuteBinary(0, "/bin/true", arguments, &socket);
        return 0;
    });
    const auto service = start_service({&plugin});
    EXPECT_EQ(answer, code(0x80010108u));
    EXPECT_EQ(entry_named(*service, "ExecuteBinary").plugin, "a");
}

TEST(Loading, ATextFromTheEntryPointReachesNobody) {
    RelayedPlugin plugin('a');
    plugin.on_entry([](const abi::WSLPluginAPIV1& api, auto&) {
        return api.PluginError(to_utf16("lost").value().c_str());
    });
    plugin.watch_everything();
    const auto service = start_service({&plugin});
    EXPECT_EQ(entry_named(*service, "PluginError").result, HResult::ok);
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
}

TEST(Loading, APluginInCLoadsAndVetoes) {
    const auto service = start_with({{"c", raw_fixture("c_plugin")}});
    EXPECT_EQ(
        service->user().launch("", {"true"}).text,
        std::string("A fatal error was returned by plugin 'c'. Error message: 'No from C'\n") +
            gate_path + "E_ACCESSDENIED\n");
}

TEST(Loading, AsOfficialBuildsDoRefusesWhatIsNotSigned) {
    if (default_signature_check() == SignatureCheck::Unofficial) {
        GTEST_SKIP() << "this platform cannot check signatures";
    }
    ServiceOptions options;
    options.plugins = {{"unsigned", raw_fixture("c_plugin")}};
    auto service = Service::start(std::move(options));
    ASSERT_TRUE(service);
    EXPECT_EQ((*service)->user().launch("", {"true"}).text,
              fatal("unsigned", "TRUST_E_NOSIGNATURE"));
}

TEST(Service, IsAloneInItsProcess) {
    const auto service = start_with({});
    const auto second = Service::start({});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code(), HResult::from_win32(1056));
}

TEST(Service, CanBeStartedAgain) {
    RelayedPlugin plugin('a');
    int calls = 0;
    plugin.on_entry([&](const auto&, auto&) {
        ++calls;
        return 0;
    });
    start_service({&plugin}).reset();
    start_service({&plugin}).reset();
    EXPECT_EQ(calls, 2);
}

TEST(Service, RefusesDistributionsThatNoRegistryCouldHold) {
    const Guid one = Guid::parse("00000000-0000-0000-0000-000000000001").value();
    const Guid two = Guid::parse("00000000-0000-0000-0000-000000000002").value();
    const std::vector<std::vector<DistributionOptions>> refused{
        {{"", one, ""}}, {{"A", one, ""}, {"a", two, ""}}, {{"A", one, ""}, {"B", one, ""}}};
    for (const auto& distributions : refused) {
        ServiceOptions options;
        options.distributions = distributions;
        const auto service = Service::start(std::move(options));
        ASSERT_FALSE(service);
        EXPECT_EQ(service.error().code(), HResult::invalid_argument);
        EXPECT_FALSE(service.error().text().empty());
    }
}

}  // namespace
}  // namespace wslplugins::testhost
