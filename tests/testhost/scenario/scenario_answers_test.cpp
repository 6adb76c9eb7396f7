// SPDX-License-Identifier: MIT
// What programs answer on the scripted Linux side, as a scenario file says it.
#include "testhost/scripted/scripted_plugins.hpp"

#include <wslplugins/testhost/scenario.hpp>

#include <gmock/gmock.h>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A file with these members besides what every file needs, on its fifth line.
WinResult<Scenario> parsed(const std::string& members, const std::string& steps) {
    return parse_scenario("{\"schema\":1,\"name\":\"n\",\n"
                          "\"service\":{\"backend\":\"scripted\",\"signatures\":\"unofficial\"},\n"
                          "\"distributions\":[{\"name\":\"One\",\"flavor\":\"debian\","
                          "\"os_version\":\"12\"},{\"name\":\"Two\"}],\n\"steps\":[" +
                              steps + "],\n" + members + "}",
                          "a.json");
}

std::string refusal(const std::string& members) {
    const auto scenario = parsed(members, R"({"step":"shutdown"})");
    return scenario ? "taken" : scenario.error().text();
}

ScenarioRun played(const WinResult<Scenario>& scenario) {
    EXPECT_TRUE(scenario) << scenario.error().to_string();
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

TEST(ScenarioAnswers, AreWhatAUsersCommandPrintsAndEndsWith) {
    const ScenarioRun run = played(parsed(
        R"("answers":[{"path":"uname","output":"Linux\n"},
                      {"path":"uname","arguments":["-r"],"output":"6.6\n","exit_code":3},
                      {"path":"killed","signal":9},
                      {"path":"gone","missing":true}])",
        R"({"step":"launch","command":["uname"],"expect":{"output":"Linux\n"}},
           {"step":"launch","command":["uname","-r"],"expect":{"output":"6.6\n","exit_code":3}},
           {"step":"launch","command":["uname","-a"],"expect":{"output":"Linux\n"}},
           {"step":"launch","command":["killed"],"expect":{"exit_code":137}},
           {"step":"launch","command":["gone"],"expect":{"exit_code":127}},
           {"step":"launch","command":["unanswered"],"expect":{"output":""}})"));
    EXPECT_EQ(sentences(run), "");
}

TEST(ScenarioAnswers, MayBeForOneDistribution) {
    const ScenarioRun run = played(
        parsed(R"("answers":[{"path":"id","output":"any"},
                             {"path":"id","distribution":"Two","user":"","output":"two"}])",
               R"({"step":"launch","distribution":"One","command":["id"],"expect":{"output":"any"}},
                  {"step":"launch","distribution":"Two","command":["id"],"expect":{"output":"two"}})"));
    EXPECT_EQ(sentences(run), "");
}

TEST(ScenarioAnswers, AreWhatAPluginsProgramWritesUnderEitherModel) {
    const ScriptedPlugin a('a', "OnVMStarted run echo;run gone\nOnDistributionStarted tell\n");
    for (const HostModel model : {HostModel::InService, HostModel::OwnProcess}) {
        auto scenario = parsed(R"("answers":[{"path":"/bin/echo","output":"scripted\n"}])",
                               R"({"step":"launch","command":["true"]})");
        ASSERT_TRUE(scenario) << scenario.error().to_string();
        scenario->plugins = {a.registration()};
        scenario->host_model = model;
        const ScenarioRun run = played(scenario);
        std::vector<std::string> texts;
        for (const JournalEntry& entry : run.journal) {
            if (entry.kind == JournalKind::Log) {
                texts.push_back(entry.text);
            }
        }
        EXPECT_THAT(texts, ElementsAre("run scripted", "run E_FAIL", "'One' '' 'debian' '12'"));
    }
}

TEST(ScenarioAnswers, SayWhichFoldersAreMissing) {
    const auto scenario = parsed(R"("missing_folders":["C:\\Missing"])", R"({"step":"shutdown"})");
    ASSERT_TRUE(scenario) << scenario.error().to_string();
    EXPECT_THAT(scenario->missing_folders, ElementsAre("C:\\Missing"));
}

TEST(ScenarioAnswers, AreReadAsTheyArePrinted) {
    const auto scenario = parsed(
        R"("missing_folders":["C:\\Missing"],
           "answers":[{"path":"/bin/x"},
                      {"path":"/bin/y","arguments":[],"distribution":"Two","user":"ann",
                       "output":"o","error_output":"e","exit_code":255},
                      {"path":"/bin/z","user":"","signal":64,"missing":true,"lasts":true}])",
        R"({"step":"shutdown"})");
    ASSERT_TRUE(scenario) << scenario.error().to_string();
    ASSERT_EQ(scenario->answers.size(), 3u);
    EXPECT_FALSE(scenario->answers[0].arguments);
    EXPECT_FALSE(scenario->answers[0].user);
    EXPECT_THAT(*scenario->answers[1].arguments, IsEmpty());
    EXPECT_EQ(scenario->answers[1].user, "ann");
    EXPECT_EQ(scenario->answers[1].answer.error_output, "e");
    EXPECT_EQ(scenario->answers[2].user, "");
    EXPECT_FALSE(scenario->answers[2].answer.is_executable);
    EXPECT_TRUE(scenario->answers[2].answer.lasts);
    const std::string printed = to_json(*scenario);
    const auto again = parse_scenario(printed, "elsewhere/a.json");
    ASSERT_TRUE(again) << again.error().to_string();
    EXPECT_EQ(to_json(*again), printed);
    EXPECT_THAT(printed, HasSubstr("\"os_version\": \"12\""));
}

TEST(ScenarioAnswers, SayWhereTheyAreWrong) {
    EXPECT_EQ(refusal(R"("answers":[{"output":"x"}])"), "a.json:5:12: the key \"path\" is missing");
    EXPECT_THAT(refusal(R"("answers":[{"path":"x","exitcode":1}])"),
                HasSubstr("a.json:5:24: unknown key \"exitcode\"; there are \"path\""));
    EXPECT_EQ(refusal(R"("answers":[{"path":"x","exit_code":256}])"),
              "a.json:5:36: \"exit_code\" must be between 0 and 255, not 256");
    EXPECT_EQ(refusal(R"("answers":[{"path":"x","signal":0}])"),
              "a.json:5:33: \"signal\" must be between 1 and 64, not 0");
    EXPECT_EQ(refusal(R"("answers":[{"path":""}])"), "a.json:5:20: \"path\" must not be empty");
    EXPECT_EQ(refusal(R"("answers":[{"path":"x","arguments":"y"}])"),
              "a.json:5:36: \"arguments\" must be a list, not a text");
    EXPECT_EQ(refusal(R"("answers":[{"path":"x","distribution":"Three"}])"),
              "a.json:5:39: this file has no distribution 'Three'");
    EXPECT_EQ(refusal(R"("missing_folders":[1])"),
              "a.json:5:20: each of \"missing_folders\" must be a text, not a number");
}

TEST(ScenarioAnswers, NeedTheScriptedBackend) {
    const auto with_guest = [](const std::string& members) {
        const auto scenario = parse_scenario(
            "{\"schema\":1,\"name\":\"n\",\"steps\":[{\"step\":\"shutdown\"}],\n" + members + "}",
            "a.json");
        return scenario ? "taken" : scenario.error().text();
    };
    EXPECT_THAT(with_guest(R"("answers":[{"path":"x"}])"),
                HasSubstr("a.json:2:11: \"answers\" needs the scripted backend"));
    EXPECT_THAT(with_guest(R"("missing_folders":["C:\\x"])"),
                HasSubstr("a.json:2:19: \"missing_folders\" needs the scripted backend"));
}

TEST(ScenarioWithEverything, PlaysFaultsInAProcessOfItsOwnUnderStrictMode) {
    const auto scenario = parse_scenario(
        R"({"schema": 1, "name": "all at once",
            "service": {"signatures": "unofficial", "model": "own-process", "strict": true,
                        "backend": "scripted"},
            "plugins": [{"name": "a", "path": ")" +
            [] {
                std::string path = raw_fixture("scripted_a");
                for (std::size_t at = 0; (at = path.find('\\', at)) != std::string::npos; at += 2) {
                    path.insert(at, 1, '\\');
                }
                return path;
            }() +
            R"("}],
            "environment": {"WSLPLUGINS_SCRIPT_a": "OnVMStarted run echo;run echo;run echo\n"},
            "answers": [{"path": "/bin/echo", "output": "hello\n"}],
            "faults": [{"kind": "fail", "call": "ExecuteBinary", "nth": 1, "code": "E_ABORT"},
                       {"kind": "end", "call": "ExecuteBinary", "nth": 2, "after_bytes": 2}],
            "steps": [{"step": "launch", "command": ["true"],
                       "expect": {"hooks": ["a OnVMStarted"]}}]})",
        "a.json");
    const ScenarioRun run = played(scenario);
    EXPECT_EQ(sentences(run), "");
    std::vector<std::string> texts;
    for (const JournalEntry& entry : run.journal) {
        if (entry.kind == JournalKind::Log) {
            texts.push_back(entry.text);
        }
        EXPECT_NE(entry.kind, JournalKind::Finding) << entry.name;
    }
    EXPECT_THAT(texts, ElementsAre("run E_ABORT", "run he", "run hello"));
}

TEST(ScenarioSteps, OfManagementOpenFilesAndAnUnnoticedCrashGoAsTheySay) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    auto scenario = parsed(
        R"("description":"")",
        R"({"step":"resize","distribution":"One","size":"64GB","expect":{"hooks":["a OnVMStarted"]}},
           {"step":"move","distribution":"One","location":"unused-by-a-throwaway","expect":{"hooks":[]}},
           {"step":"open-files","distribution":"One","expect":{"exit_code":1}},
           {"step":"launch","distribution":"One","command":["true"]},
           {"step":"open-files","distribution":"One"},
           {"step":"let-idle-time-pass","timeout":"distribution","expect":{"hooks":[]}},
           {"step":"close-files","distribution":"One"},
           {"step":"let-idle-time-pass","timeout":"distribution",
            "expect":{"hooks":["a OnDistributionStopping"]}},
           {"step":"crash-machine","unnoticed":true,"expect":{"hooks":[]}},
           {"step":"launch","distribution":"Two","command":["true"],
            "expect":{"hooks":["a OnVMStopping","a OnVMStarted","a OnDistributionStarted"]}},
           {"step":"detach-disk","disk":"no-such-disk",
            "expect":{"exit_code":-1,"output_contains":["DetachDisk/ERROR_FILE_NOT_FOUND"]}})");
    ASSERT_TRUE(scenario) << scenario.error().to_string();
    scenario->plugins = {plugin.registration()};
    EXPECT_EQ(sentences(played(scenario)), "");
}

TEST(ScenarioSteps, OfAContainerExecuteAndMount) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    auto scenario = parsed(
        R"("answers":[{"path":"server","lasts":true},{"path":"ps","output":"server\n","exit_code":2}],
           "missing_folders":["C:\\Missing"])",
        R"({"step":"publish-image","reference":"base"},
           {"step":"run-container-detached","image":"base","name":"one","command":["server"],
            "volumes":["C:\\Data:/data","C:\\Tools:/tools:ro"]},
           {"step":"exec-container","container":"one","command":["ps"],
            "expect":{"output":"server\n","exit_code":2}},
           {"step":"stop-container","container":"one"},
           {"step":"exec-container","container":"one","command":["ps"],
            "expect":{"exit_code":1,"output_contains":["WSLC_E_CONTAINER_NOT_RUNNING"]}},
           {"step":"run-container","image":"base","volumes":["C:\\Missing:/data"],
            "expect":{"exit_code":1,"output_contains":["ERROR_PATH_NOT_FOUND"]}},
           {"step":"run-container","image":"base","volumes":["C:\\Data"],
            "expect":{"exit_code":1,"output_contains":["E_INVALIDARG"]}})");
    ASSERT_TRUE(scenario) << scenario.error().to_string();
    scenario->plugins = {plugin.registration()};
    EXPECT_EQ(sentences(played(scenario)), "");
}

}  // namespace
}  // namespace wslplugins::testhost
