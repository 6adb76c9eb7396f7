// SPDX-License-Identifier: MIT
/// @file
/// What is the same wherever a plugin's code runs.
#include "platform/paths.hpp"
#include "testhost/scripted/scripted_plugins.hpp"

#include <gmock/gmock.h>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char machine_failed[] = "Error code: Wsl/Service/CreateInstance/CreateVm/Plugin/";

class BothModels : public testing::TestWithParam<HostModel> {
protected:
    std::unique_ptr<Service> start(std::initializer_list<const ScriptedPlugin*> plugins,
                                   const Version& version = newest_known_version) {
        std::vector<PluginRegistration> registrations;
        for (const ScriptedPlugin* plugin : plugins) {
            registrations.push_back(plugin->registration());
        }
        return start_service(GetParam(), registrations, version);
    }
};

INSTANTIATE_TEST_SUITE_P(OfHosting,
                         BothModels,
                         testing::Values(HostModel::InService, HostModel::OwnProcess),
                         [](const auto& model) { return name_of(model.param); });

TEST_P(BothModels, TheJournalSaysWhichOneTheRunWas) {
    const auto service = start({});
    EXPECT_EQ(detail(entry_named(*service, "start"), "host_model"),
              GetParam() == HostModel::InService ? "in-service" : "own-process");
}

TEST_P(BothModels, HooksAreCalledInTheOrderOfLoading) {
    const std::string script = "OnVMStarted tell\nOnDistributionStarted tell\n"
                               "OnDistributionStopping say stopping\nOnVMStopping say machine\n";
    const ScriptedPlugin a('a', script);
    const ScriptedPlugin b('b', script);
    const auto service = start({&b, &a});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_EQ(service->user().shutdown().exit_code, 0);
    EXPECT_THAT(hooks_called(*service),
                ElementsAre("b OnVMStarted",
                            "a OnVMStarted",
                            "b OnDistributionStarted",
                            "a OnDistributionStarted",
                            "b OnDistributionStopping",
                            "a OnDistributionStopping",
                            "b OnVMStopping",
                            "a OnVMStopping"));
}

TEST_P(BothModels, AVetoShowsItsTextToTheUser) {
    const ScriptedPlugin a('a', "OnVMStarted error Not today;return 80070005\n");
    const auto service = start({&a});
    const UserOutput output = service->user().launch("", {"true"});
    EXPECT_EQ(output.exit_code, -1);
    EXPECT_EQ(
        output.text,
        std::string("A fatal error was returned by plugin 'a'. Error message: 'Not today'\n") +
            machine_failed + "E_ACCESSDENIED\n");
}

TEST_P(BothModels, ATextWithoutAFailureFailsTheOperation) {
    const ScriptedPlugin a('a', "OnVMStarted error Only a text\n");
    const auto service = start({&a});
    EXPECT_THAT(service->user().launch("", {"true"}).text,
                HasSubstr(std::string(machine_failed) + "E_ILLEGAL_STATE_CHANGE"));
}

TEST_P(BothModels, PluginErrorIsForTheHooksOwnThread) {
    const ScriptedPlugin a('a',
                           "OnVMStarted null-error;worker-errors elsewhere;error first;error "
                           "second;return 80004005\n");
    const auto service = start({&a});
    EXPECT_THAT(service->user().launch("", {"true"}).text, HasSubstr("Error message: 'first'"));
    EXPECT_THAT(said(*service).size(), 4u);
    std::vector<std::string> results;
    for (const JournalEntry& entry : service->journal().entries()) {
        if (entry.name == "PluginError") {
            results.push_back(as_wsl_prints(entry.result.value()));
        }
    }
    EXPECT_THAT(results,
                ElementsAre("E_INVALIDARG", "0x8000000e", "0x00000000", "E_ILLEGAL_STATE_CHANGE"));
}

TEST_P(BothModels, AnExceptionOutOfAHookFailsWithoutAName) {
    const ScriptedPlugin a('a', "OnVMStarted throw out of the plugin\n");
    const auto service = start({&a});
    EXPECT_EQ(service->user().launch("", {"true"}).text,
              std::string(machine_failed) + "ERROR_UNHANDLED_EXCEPTION\n");
    EXPECT_EQ(detail(entry_named(*service, "OnVMStarted"), "exception"), "out of the plugin");
}

TEST_P(BothModels, TheSocketOfAProgramIsThePlugins) {
    const ScriptedPlugin a('a', "OnVMStarted run echo\n");
    const auto service = start({&a});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(said(*service), ElementsAre("a run hello"));
}

TEST_P(BothModels, ACallsFailureReachesThePlugin) {
    const ScriptedPlugin a('a', "OnVMStarted run no-such-program\nEntryPoint run echo\n");
    const auto service = start({&a});
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    EXPECT_THAT(said(*service), ElementsAre("a run RPC_E_DISCONNECTED", "a run E_FAIL"));
}

TEST_P(BothModels, TheHandlesOfAContainerProcessAreThePlugins) {
    const ScriptedPlugin a('a', "WslcVmStarted container-run echo;container-run no-such-program\n");
    const auto service = start({&a});
    service->wslc().publish({.reference = "base"});
    EXPECT_EQ(service->wslc().pull("base").exit_code, 0);
    EXPECT_THAT(said(*service), ElementsAre("a run hello exit 0", "a run E_FAIL errno 2"));
}

struct VersionSizes {
    Version version;
    const char* api;
    const char* distribution;
};

TEST_P(BothModels, EachVersionsTablesAndStructsEndAtAGuardPage) {
    for (const auto& [version, api, distribution] : {VersionSizes{{2, 0, 0}, "40", "40"},
                                                     VersionSizes{{2, 1, 2}, "48", "48"},
                                                     VersionSizes{{2, 4, 4}, "48", "64"},
                                                     VersionSizes{{2, 8, 7}, "104", "64"},
                                                     VersionSizes{{2, 9, 5}, "104", "64"}}) {
        const ScriptedPlugin a('a',
                               std::string("EntryPoint api-end ") + api +
                                   "\nOnVMStarted session-end 24;other-end 4\n"
                                   "OnDistributionStarted other-end " +
                                   distribution + '\n');
        // Of the later hooks nothing is installed: an older table ends before their slots.
        const auto service = start({&a}, version);
        EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
        EXPECT_EQ(said(*service), std::vector<std::string>(4, "a ends at a page"))
            << to_string(version);
    }
}

TEST_P(BothModels, AFileThatCannotBeLoadedStopsEveryVirtualMachine) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"gone", "ERROR_MOD_NOT_FOUND"},
        {"not_a_library", "ERROR_BAD_EXE_FORMAT"},
        {"no_export", "0x8007007f"}};
    for (const auto& [file, code] : cases) {
        const auto service = start_service(GetParam(), {{"x", raw_fixture(file)}});
        EXPECT_EQ(service->user().launch("", {"true"}).text,
                  "A fatal error was returned by plugin 'x'\n" + (machine_failed + code) + '\n');
    }
}

TEST_P(BothModels, AnEntryPointThatRefusesStopsEveryVirtualMachine) {
    const ScriptedPlugin a('a', "EntryPoint error lost;return 8004032a\n");
    const ScriptedPlugin b('b', "OnVMStarted say never\n");
    const auto service = start({&a, &b});
    EXPECT_THAT(service->user().launch("", {"true"}).text,
                HasSubstr("The plugin 'a' requires a newer version of WSL."));
    EXPECT_EQ(entry_named(*service, "load", "b").result, HResult::ok);
    EXPECT_THAT(hooks_called(*service), ElementsAre());
}

/// The same story, told by two plugins that have nothing in common but the ABI.
TEST_P(BothModels, APluginInCAndOneWithTheFrameworkGiveTheSameJournal) {
    const auto executable = platform::executable_path().value();
    const std::string suffix = std::filesystem::path(raw_fixture("c_plugin")).extension().string();
    const std::string framework = platform::utf8_from_path(
        executable.parent_path().parent_path() / "tests" / "fixtures" / ("story" + suffix));
    std::vector<std::string> journals;
    for (const HostModel model : {HostModel::InService, GetParam()}) {
        for (const std::string& file : {raw_fixture("story_plugin"), framework}) {
            ServiceOptions options;
            options.host_model = model;
            options.plugins = {{"story", file}};
            const Guid one = Guid::parse("00000000-0000-0000-0000-000000000001").value();
            const Guid two = Guid::parse("00000000-0000-0000-0000-000000000002").value();
            options.distributions = {{"Allowed", one, ""}, {"Forbidden", two, ""}};
            const auto service = start_service(std::move(options));
            EXPECT_EQ(service->user().launch("Allowed", {"true"}).exit_code, 0);
            EXPECT_EQ(service->user().launch("Forbidden", {"true"}).exit_code, -1);
            EXPECT_EQ(service->user().shutdown().exit_code, 0);
            journals.push_back(to_canonical_json_lines(service->journal().entries()));
        }
    }
    EXPECT_THAT(journals.front(), HasSubstr("Error message: 'Not here'"));
    for (const std::string& journal : journals) {
        EXPECT_EQ(journal, journals.front());
    }
}

}  // namespace
}  // namespace wslplugins::testhost
