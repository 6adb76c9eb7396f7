// SPDX-License-Identifier: MIT
#include "platform/debug_output.hpp"
#include "testhost/raw_plugins.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>

#include <cstring>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr char debian[] = "00000001-0000-0000-0000-00000000000a";
constexpr char alpine[] = "00000100-0000-0000-0000-00000000000b";

ServiceOptions two_distributions(std::initializer_list<const RelayedPlugin*> plugins) {
    ServiceOptions options;
    for (const RelayedPlugin* plugin : plugins) {
        options.plugins.push_back(plugin->registration());
    }
    options.distributions = {{"Debian", Guid::parse(debian).value(), ""},
                             {"Alpine", Guid::parse(alpine).value(), "Alpine.Package_x1"}};
    return options;
}

TEST(Launch, RunsTheCommandAndShowsItsOutputAndExitCode) {
    const auto service = start_service({});
    const UserOutput echoed = service->user().launch("", {"echo", "hello  there", ""});
    EXPECT_EQ(echoed.exit_code, 0);
    EXPECT_EQ(echoed.text, "hello  there \n");
    EXPECT_EQ(service->user().launch("", {"sh", "-c", "exit 7"}).exit_code, 7);
    EXPECT_EQ(service->user().launch("", {"no-such-program"}).exit_code, 127);
    EXPECT_EQ(service->user().launch("", {}).exit_code, 0) << "the shell, with nothing typed";
}

TEST(Launch, GivesTheCommandNothingToRead) {
    const auto service = start_service({});
    EXPECT_EQ(service->user().launch("", {"cat"}).text, "");
}

TEST(Launch, FindsTheDistributionByItsNameInAnyCase) {
    RelayedPlugin plugin('a');
    std::vector<std::string> names;
    plugin.on(Hook::OnDistributionStarted, [&](const HookArguments& arguments) {
        names.push_back(to_utf8(arguments.distribution().Name).value());
        return 0;
    });
    const auto service = start_service(two_distributions({&plugin}));
    EXPECT_EQ(service->user().launch("ALPINE", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(names, ElementsAre("Alpine", "Debian"));
}

TEST(Launch, RefusesADistributionThatDoesNotExist) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const auto service = start_service({&plugin});
    const UserOutput output = service->user().launch("Gentoo", {"true"});
    EXPECT_EQ(output.exit_code, -1);
    EXPECT_EQ(output.text,
              "There is no distribution with the supplied name.\n"
              "Error code: Wsl/Service/WSL_E_DISTRO_NOT_FOUND\n");
    EXPECT_THAT(hooks_called(*service), ElementsAre());
}

TEST(Launch, SaysThatThereIsNoGuest) {
    ServiceOptions options;
    options.guest_program = "/no/such/guest";
    const auto service = start_service(std::move(options));
    const UserOutput output = service->user().launch("", {"true"});
    EXPECT_EQ(output.exit_code, -1);
    EXPECT_THAT(output.text, HasSubstr("Error code: Wsl/Service/CreateInstance/CreateVm/"));
}

TEST(Launch, OfWhatRunsAlreadyCallsNoHook) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const auto service = start_service(two_distributions({&plugin}));
    for (const char* name : {"Debian", "Debian", "Alpine", "Debian"}) {
        EXPECT_EQ(service->user().launch(name, {"true"}).exit_code, 0);
    }
    EXPECT_THAT(hooks_called(*service),
                ElementsAre("a OnVMStarted", "a OnDistributionStarted", "a OnDistributionStarted"));
}

TEST(Shutdown, WithoutAMachineCallsNoHook) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const auto service = start_service({&plugin});
    const UserOutput output = service->user().shutdown();
    EXPECT_EQ(output.exit_code, 0);
    EXPECT_EQ(output.text, "");
    EXPECT_THAT(hooks_called(*service), ElementsAre());
}

TEST(Shutdown, StopsInTheOrderOfTheBytesOfTheIds) {
    // In memory the first number of a GUID is little-endian: Alpine's comes before Debian's.
    RelayedPlugin plugin('a');
    std::vector<std::string> names;
    plugin.on(Hook::OnDistributionStopping, [&](const HookArguments& arguments) {
        names.push_back(to_utf8(arguments.distribution().Name).value());
        return 0;
    });
    const auto service = start_service(two_distributions({&plugin}));
    EXPECT_EQ(service->user().launch("Debian", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user().launch("Alpine", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_THAT(names, ElementsAre("Alpine", "Debian"));
}

TEST(Shutdown, MakesRoomForANewMachine) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const auto service = start_service({&plugin});
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
        EXPECT_EQ(service->user().shutdown().exit_code, 0);
    }
    EXPECT_EQ(hooks_called(*service).size(), 8u);
}

TEST(Stopping, TheServiceStopsWhatRuns) {
    RelayedPlugin plugin('a');
    std::vector<std::string> stopped;
    plugin.on(Hook::OnDistributionStopping, [&](const HookArguments&) {
        stopped.emplace_back("distribution");
        return fixtures::throw_instead;
    });
    plugin.on(Hook::OnVMStopping, [&](const HookArguments&) {
        stopped.emplace_back("machine");
        return fixtures::throw_instead;
    });
    auto service = start_service({&plugin});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    service.reset();
    EXPECT_THAT(stopped, ElementsAre("distribution", "machine"));
}

/// A SID's revision, its authority and its first sub-authority, as every user's begins.
void expect_user_sid(const void* sid) {
    ASSERT_NE(sid, nullptr);
    constexpr std::uint8_t start[] = {1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0};
    EXPECT_EQ(std::memcmp(sid, start, sizeof start), 0);
}

TEST(Information, DescribesTheSessionAndTheDistribution) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments& arguments) {
        EXPECT_EQ(arguments.session().SessionId, 0u);
        expect_user_sid(arguments.session().UserSid);
        const auto* settings = static_cast<const abi::WSLVmCreationSettings*>(arguments.second);
        EXPECT_EQ(settings->CustomConfigurationFlags, 0);
        return 0;
    });
    plugin.on(Hook::OnDistributionStarted, [](const HookArguments& arguments) {
        const abi::WSLDistributionInformation& distribution = arguments.distribution();
        EXPECT_EQ(Guid(distribution.Id), Guid::parse(debian).value());
        EXPECT_NE(distribution.PidNamespace, 0u);
        EXPECT_NE(distribution.InitPid, 0u);
        EXPECT_NE(distribution.PackageFamilyName, nullptr) << "an absent package is \"\"";
        if (distribution.PackageFamilyName != nullptr) {
            EXPECT_EQ(to_utf8(distribution.PackageFamilyName).value(), "");
        }
        for (const abi::LPCWSTR text : {distribution.Flavor, distribution.Version}) {
            EXPECT_TRUE(text == nullptr || *text != 0) << "NULL or something, never \"\"";
        }
        return 0;
    });
    const auto service = start_service(two_distributions({&plugin}));
    EXPECT_EQ(service->user().launch("Debian", {"true"}).exit_code, 0);
}

TEST(Information, ShowsTheTokenWhereThePlatformHasOne) {
    RelayedPlugin plugin('a');
    const abi::HANDLE* token = nullptr;
    plugin.on(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        token = &arguments.session().UserToken;
        return 0;
    });
    const auto service = start_service({&plugin});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    ASSERT_NE(token, nullptr);
#if defined(_WIN32)
    EXPECT_NE(*token, nullptr);
#else
    EXPECT_EQ(*token, nullptr);
#endif
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_EQ(*token, nullptr) << "without a machine there is none";
}

TEST(ServiceJournal, HasDebugOutputUnderThePluginThatWroteIt) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments&) {
        platform::write_debug_output("seen from the hook");
        return 0;
    });
    const auto service = start_service({&plugin});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    const JournalEntry line = entry_named(*service, "debug-output");
    EXPECT_EQ(line.plugin, "a");
    EXPECT_THAT(line.text, StartsWith("seen from the hook"));
    EXPECT_EQ(line.parent, entry_named(*service, "OnVMStarted").id);
}

TEST(ServiceJournal, HasWhatProgramsWroteToTheirStandardError) {
    const auto service = start_service({});
    EXPECT_EQ(service->user().launch("", {"sh", "-c", "echo complaint >&2"}).text, "");
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_THAT(entry_named(*service, "kernel-log").text, HasSubstr("complaint"));
}

TEST(ServiceJournal, OfAColdStartIsAlwaysTheSame) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted, [](const HookArguments& arguments) {
        return arguments.api.ExecuteBinary(9, "/bin/true", nullptr, nullptr) == 0 ? -1 : 0;
    });
    plugin.on(Hook::OnVMStopping, [](const HookArguments&) { return code(0x80004005u); });
    const auto service = start_service(two_distributions({&plugin}));
    EXPECT_EQ(service->user().launch("Debian", {"echo", "hi"}).exit_code, 0);
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_EQ(
        to_canonical_json_lines(service->journal().entries()),
        R"({"schema":1,"id":1,"kind":"service","name":"start","arguments":{"version":"2.9.5"},"result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":2,"parent":1,"kind":"load","name":"load","plugin":"a","result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":3,"parent":2,"kind":"load","name":"load-library","plugin":"a","result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":4,"parent":2,"kind":"load","name":"find-entry-point","plugin":"a","result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":5,"parent":2,"kind":"load","name":"call-entry-point","plugin":"a","result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":6,"kind":"service","name":"launch","arguments":{"distribution":"Debian","command":"[\"echo\",\"hi\"]"},"result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":7,"parent":6,"kind":"service","name":"start-vm","result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":8,"parent":6,"kind":"hook","name":"OnVMStarted","plugin":"a","session":0,"arguments":{"custom_configuration_flags":"0"},"result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":9,"parent":8,"kind":"call","name":"ExecuteBinary","plugin":"a","session":9,"arguments":{"path":"/bin/true","note":"the real service would crash here: Arguments is NULL"},"result":"0x80004003","result_name":"E_POINTER"}
{"schema":1,"id":10,"parent":6,"kind":"service","name":"start-distribution","arguments":{"id":"{00000001-0000-0000-0000-00000000000a}"},"result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":11,"parent":6,"kind":"service","name":"run-command","arguments":{"command":"[\"echo\",\"hi\"]"},"result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":12,"parent":6,"kind":"user","name":"wsl.exe","arguments":{"exit_code":"0"},"text":"hi\n"}
{"schema":1,"id":13,"kind":"service","name":"shutdown","result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":14,"parent":13,"kind":"service","name":"stop-distribution","arguments":{"id":"{00000001-0000-0000-0000-00000000000a}"},"result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":15,"parent":13,"kind":"hook","name":"OnVMStopping","plugin":"a","session":0,"result":"0x80004005","result_name":"E_FAIL"}
{"schema":1,"id":16,"parent":13,"kind":"service","name":"stop-vm","result":"0x00000000","result_name":"S_OK"}
{"schema":1,"id":17,"parent":13,"kind":"user","name":"wsl.exe","arguments":{"exit_code":"0"}}
)");
}

}  // namespace
}  // namespace wslplugins::testhost
