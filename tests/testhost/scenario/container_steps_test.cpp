// SPDX-License-Identifier: MIT
// Scenario files about container sessions, and about the service that is played.
#include "testhost/raw_plugins.hpp"

#include <wslplugins/testhost/scenario.hpp>

#include <gmock/gmock.h>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A file with these members besides what every file needs, each on a line of its own.
WinResult<Scenario>
parsed(const std::string& service, const std::string& steps, const std::string& members = {}) {
    return parse_scenario("{\"schema\":1,\"name\":\"n\",\n\"service\":{" + service +
                              "},\n\"steps\":[\n" + steps + "]" + members + "}",
                          "a.json");
}

std::string refusal(const WinResult<Scenario>& scenario) {
    return scenario ? "taken" : scenario.error().text();
}

std::string refused_step(const std::string& step) {
    return refusal(parsed("", step));
}

std::string refused_fault(const std::string& fault) {
    return refusal(parsed("", R"({"step":"shutdown"})", ",\n\"faults\":[" + fault + "]"));
}

ScenarioRun played(const std::string& steps, RelayedPlugin& plugin) {
    auto scenario = parsed(R"("backend":"scripted","signatures":"unofficial")", steps);
    EXPECT_TRUE(scenario) << scenario.error().to_string();
    scenario->plugins = {plugin.registration()};
    auto run = play(*scenario);
    EXPECT_TRUE(run) << run.error().to_string();
    return std::move(*run);
}

std::string sentences(const ScenarioRun& run) {
    std::string all;
    for (const ScenarioFailure& failure : run.failures) {
        all += to_string(failure);
    }
    return all;
}

TEST(ScenarioService, IsOfAModelABackendAndAStrictness) {
    const auto plain = parsed("", R"({"step":"shutdown"})");
    ASSERT_TRUE(plain) << plain.error().to_string();
    EXPECT_EQ(plain->host_model, HostModel::InService);
    EXPECT_EQ(plain->backend, Backend::Guest);
    EXPECT_FALSE(plain->strict);
    const auto other = parsed(R"("model":"own-process","backend":"scripted","strict":true)",
                              R"({"step":"shutdown"})");
    ASSERT_TRUE(other) << other.error().to_string();
    EXPECT_EQ(other->host_model, HostModel::OwnProcess);
    EXPECT_EQ(other->backend, Backend::Scripted);
    EXPECT_TRUE(other->strict);
    const auto again = parse_scenario(to_json(*other), "a.json");
    ASSERT_TRUE(again) << again.error().to_string();
    EXPECT_EQ(to_json(*again), to_json(*other));
    EXPECT_EQ(again->backend, Backend::Scripted);
}

TEST(ScenarioService, SaysWhereItIsWrong) {
    const auto wrong = [](const char* service) {
        return refusal(parsed(service, R"({"step":"shutdown"})"));
    };
    EXPECT_THAT(wrong(R"("backend":"docker")"),
                HasSubstr("a.json:2:22: \"backend\" must be one of \"guest\", \"scripted\""));
    EXPECT_THAT(wrong(R"("model":"in_service")"), HasSubstr("a.json:2:20: \"model\" must be one"));
    EXPECT_THAT(wrong(R"("strict":1)"),
                HasSubstr("\"strict\" must be true or false, not a number"));
    EXPECT_THAT(wrong(R"("Backend":"guest")"), HasSubstr("unknown key \"Backend\""));
}

TEST(ScenarioFaults, AreReadAndPrinted) {
    const auto scenario = parsed("",
                                 R"({"step":"shutdown"})",
                                 R"(,"faults":[
{"kind":"fail","call":"ExecuteBinary","plugin":"p","nth":2,"code":"E_ABORT"},
{"kind":"end","after_bytes":10}, {"kind":"guest-dies","hook":"OnVMStarted","delay_ms":5},
{"kind":"registry-denies"}])");
    ASSERT_TRUE(scenario) << scenario.error().to_string();
    std::vector<std::string> faults;
    for (const Fault& fault : scenario->faults) {
        faults.push_back(to_string(fault));
    }
    EXPECT_THAT(faults,
                ElementsAre("fail:call=ExecuteBinary,plugin=p,nth=2,code=E_ABORT",
                            "end:after_bytes=10",
                            "guest-dies:hook=OnVMStarted,delay_ms=5",
                            "registry-denies:code=E_ACCESSDENIED"));
    const auto again = parse_scenario(to_json(*scenario), "a.json");
    ASSERT_TRUE(again) << again.error().to_string();
    EXPECT_EQ(to_json(*again), to_json(*scenario));
}

TEST(ScenarioFaults, SayWhereTheyAreWrong) {
    EXPECT_THAT(refused_fault(R"({"kind":"oops"})"),
                HasSubstr("a.json:5:19: \"kind\" must be one of"));
    EXPECT_THAT(refused_fault(R"({"nth":1})"),
                HasSubstr("a.json:5:11: the key \"kind\" is missing"));
    EXPECT_THAT(refused_fault(R"({"kind":"slow","delay":1})"), HasSubstr("unknown key \"delay\""));
    EXPECT_THAT(refused_fault(R"({"kind":"slow","delay_ms":"1"})"),
                HasSubstr("\"delay_ms\" must be a number, not a text"));
    EXPECT_THAT(refused_fault(R"({"kind":"slow","delay_ms":600001})"),
                HasSubstr("must be between 0 and 600000"));
    EXPECT_THAT(refused_fault(R"({"kind":"reset","call":"Execute"})"),
                HasSubstr("\"call\" must be one of \"MountFolder\""));
    EXPECT_THAT(refused_fault(R"({"kind":"reset","delay_ms":1})"),
                HasSubstr("a.json:5:27: 'reset' has no key 'delay_ms'"));
    EXPECT_THAT(refused_fault(R"({"kind":"fail","code":"E_OOPS"})"),
                HasSubstr("a.json:5:33: 'E_OOPS' is not a code"));
    EXPECT_THAT(refused_fault(R"({"kind":"fail"})"),
                HasSubstr("a.json:5:11: 'fail' needs the key"));
    EXPECT_THAT(refused_fault(R"("fail")"), HasSubstr("each of \"faults\" must be an object"));
}

TEST(ScenarioFaults, HappenWhileItIsPlayed) {
    RelayedPlugin plugin('a');
    plugin.on(Hook::OnVMStarted,
              [](const HookArguments& arguments) { return arguments.api.PluginError(nullptr); });
    auto scenario =
        parsed(R"("backend":"scripted","signatures":"unofficial")",
               R"({"step":"launch","expect":{"exit_code":-1,"output_contains":["E_ABORT"]}})",
               R"(,"faults":[{"kind":"fail","call":"PluginError","code":"E_ABORT"}])");
    ASSERT_TRUE(scenario) << scenario.error().to_string();
    scenario->plugins = {plugin.registration()};
    const auto run = play(*scenario);
    ASSERT_TRUE(run) << run.error().to_string();
    EXPECT_EQ(sentences(*run), "");
}

TEST(ContainerSteps, PlayTheLifeOfASession) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const ScenarioRun run = played(R"(
{"step":"create-container-session","session":"s","storage":"s","application_pid":7,
 "expect":{"hooks":["a OnSessionCreated"]}},
{"step":"create-container-session","session":"s","expect":{"exit_code":1,"output_contains":["ERROR_ALREADY_EXISTS"]}},
{"step":"list-images","session":"s","expect":{"hooks":["a WslcVmStarted"]}},
{"step":"open-container-session","session":"s","expect":{"hooks":[]}},
{"step":"let-container-idle-time-pass","session":"s","expect":{"hooks":["a WslcVmStopping"]}},
{"step":"list-images","session":"s","expect":{"hooks":["a WslcVmStarted"]}},
{"step":"release-container-session","session":"s","expect":{"hooks":[]}},
{"step":"release-container-session","session":"s","expect":{"hooks":["a WslcVmStopping"]}},
{"step":"create-container-session","session":"t","expect":{"hooks":["a OnSessionStopping","a OnSessionCreated"]}},
{"step":"list-containers","session":"t"},
{"step":"crash-container-machine","session":"t","expect":{"hooks":["a WslcVmStopping"]}},
{"step":"create-container-session","session":"u"},
{"step":"kill-container-session-process","session":"u"},
{"step":"create-container-session","session":"v"},
{"step":"terminate-container-session","session":"v"},
{"step":"list-images","session":"nobody","expect":{"exit_code":1}},
{"step":"release-container-session","session":"nobody","expect":{"exit_code":1}})",
                                   plugin);
    EXPECT_EQ(sentences(run), "");
}

TEST(ContainerSteps, PlayTheLifeOfContainers) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const ScenarioRun run = played(R"(
{"step":"publish-image","reference":"base:1","command":["job"],"env":["A=1"],"labels":["from=test"]},
{"step":"run-container","image":"base:1","name":"one","command":["job","now"],"env":["B=2"],
 "labels":["role=x","empty"],"working_dir":"/w","container_user":"1000:100","stop_timeout":1,
 "expect":{"output":"","hooks":["a OnSessionCreated","a WslcVmStarted","a ImageCreated","a ContainerStarted","a ContainerStopping"]}},
{"step":"inspect-container","container":"one","expect":{"output_contains":["B=2","role","/w","1000:100"]}},
{"step":"container-logs","container":"one","expect":{"output":""}},
{"step":"wait-for-container","container":"one","expect":{"output_contains":["0"]}},
{"step":"create-container","image":"base:1","name":"two","expect":{"hooks":[]}},
{"step":"start-container","container":"two"},
{"step":"wait-for-container","container":"two"},
{"step":"kill-container","container":"two","signal":15,"expect":{"exit_code":1}},
{"step":"stop-container","container":"two"},
{"step":"list-containers","expect":{"output_contains":["one","two"]}},
{"step":"remove-container","container":"two","force":true},
{"step":"remove-container","container":"two","expect":{"exit_code":1}},
{"step":"run-container-detached","image":"base:1","name":"gone","remove_when_ended":true})",
                                   plugin);
    EXPECT_EQ(sentences(run), "");
}

TEST(ContainerSteps, PlayTheLifeOfImages) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const ScenarioRun run = played(R"(
{"step":"publish-image","reference":"base:1","entrypoint":["/init"]},
{"step":"pull-image","reference":"base:1"},
{"step":"pull-image","reference":"nobody:1","expect":{"exit_code":1,"hooks":[]}},
{"step":"load-images","images":["x:1","x:2"]},
{"step":"import-image","reference":"root:1","labels":["a=b=c"]},
{"step":"tag-image","image":"base:1","reference":"mine:1"},
{"step":"push-image","reference":"mine:1"},
{"step":"inspect-image","image":"mine:1","expect":{"output_contains":["/init"]}},
{"step":"list-images","expect":{"output_contains":["base:1","mine:1","root:1"]}},
{"step":"remove-image","image":"base:1","expect":{"hooks":[]}},
{"step":"remove-image","image":"mine:1","expect":{"hooks":["a ImageDeleted"]}},
{"step":"prune-images"},
{"step":"list-images","expect":{"output":""}})",
                                   plugin);
    EXPECT_EQ(sentences(run), "");
}

TEST(ContainerSteps, SayWhereTheyAreWrong) {
    EXPECT_THAT(refused_step(R"({"step":"create-container-session"})"),
                HasSubstr("a.json:4:1: the key \"session\" is missing"));
    EXPECT_THAT(refused_step(R"({"step":"create-container-session","session":""})"),
                HasSubstr("a.json:4:46: \"session\" must not be empty"));
    EXPECT_THAT(refused_step(R"({"step":"run-container","image":"i","comand":["a"]})"),
                HasSubstr("a.json:4:37: unknown key \"comand\"; there are "));
    EXPECT_THAT(refused_step(R"({"step":"run-container","image":"i","env":{"A":"1"}})"),
                HasSubstr("a.json:4:43: \"env\" must be a list, not an object"));
    EXPECT_THAT(refused_step(R"({"step":"run-container","image":"i","remove_when_ended":"yes"})"),
                HasSubstr("must be true or false, not a text"));
    EXPECT_THAT(refused_step(R"({"step":"kill-container","container":"c","signal":65})"),
                HasSubstr("\"signal\" must be between 1 and 64, not 65"));
    EXPECT_THAT(refused_step(R"({"step":"load-images","images":[]})"),
                HasSubstr("\"images\" must not be empty"));
    EXPECT_THAT(refused_step(R"({"step":"tag-image","image":"i"})"),
                HasSubstr("the key \"reference\" is missing"));
    EXPECT_THAT(refused_step(R"({"step":"publish-image","reference":"r","session":"s"})"),
                HasSubstr("unknown key \"session\""));
    EXPECT_THAT(refused_step(R"({"step":"stop-containers"})"),
                HasSubstr("a.json:4:9: unknown step \"stop-containers\""));
}

}  // namespace
}  // namespace wslplugins::testhost
