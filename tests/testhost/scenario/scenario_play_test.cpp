// SPDX-License-Identifier: MIT
#include "platform/paths.hpp"
#include "testhost/raw_plugins.hpp"

#include <wslplugins/testhost/recording.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Scenario scenario_of(const std::string& steps) {
    const auto parsed = parse_scenario(
        R"({"schema":1,"name":"n","service":{"signatures":"unofficial"},"steps":[)" + steps + "]}",
        "a.json");
    EXPECT_TRUE(parsed) << parsed.error().to_string();
    return parsed ? *parsed : Scenario{};
}

ScenarioRun played(const Scenario& scenario) {
    auto run = play(scenario);
    EXPECT_TRUE(run) << run.error().to_string();
    return run ? std::move(*run) : ScenarioRun{};
}

std::string sentences(const ScenarioRun& run) {
    std::string all;
    for (const ScenarioFailure& failure : run.failures) {
        all += to_string(failure);
    }
    return all;
}

std::vector<std::string> hooks_of(const std::vector<JournalEntry>& journal) {
    std::vector<std::string> hooks;
    for (const JournalEntry& entry : journal) {
        if (entry.kind == JournalKind::Hook) {
            hooks.push_back(entry.plugin + ' ' + entry.name);
        }
    }
    return hooks;
}

/// A file below the build folder that goes with the test.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& name)
        : path_(std::filesystem::absolute("scenario-" + name)) {
        std::filesystem::remove(path_);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() { std::filesystem::remove(path_); }

    void write(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }
    [[nodiscard]] std::string path() const { return platform::utf8_from_path(path_); }

private:
    std::filesystem::path path_;
};

DistributionOptions distribution_of(const std::string& name, const std::string& user) {
    abi::GUID id{};
    id.Data1 = static_cast<std::uint32_t>(name.front());
    DistributionOptions distribution;
    distribution.name = name;
    distribution.id = Guid(id);
    distribution.user = user;
    return distribution;
}

class CommonScenarios : public testing::TestWithParam<std::string> {};

TEST_P(CommonScenarios, GoesAsItSaysWithTwoPluginsThatWatchEverything) {
    RelayedPlugin a('a');
    RelayedPlugin b('b');
    a.watch_everything();
    b.watch_everything();
    auto scenario = common_scenario(GetParam());
    ASSERT_TRUE(scenario);
    scenario->plugins = {a.registration(), b.registration()};
    scenario->signature_check = SignatureCheck::Unofficial;
    const ScenarioRun run = played(*scenario);
    EXPECT_EQ(sentences(run), "");
    EXPECT_EQ(run.journal.front().name, "start");
}

INSTANTIATE_TEST_SUITE_P(OfTheLibrary,
                         CommonScenarios,
                         testing::ValuesIn([] {
                             std::vector<std::string> names;
                             for (const CommonScenario& common : common_scenarios()) {
                                 names.push_back(common.name);
                             }
                             return names;
                         }()),
                         [](const auto& each) {
                             std::string name = each.param;
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

TEST(ScenarioPlay, SaysWhatEachStepWasToDoAndWhatCame) {
    RelayedPlugin a('a');
    a.watch_everything();
    Scenario scenario = scenario_of(R"(
{"step":"launch","command":["sh","-c","echo out; exit 5"],
 "expect":{"output":"in\n","output_contains":["out","missing"],"hooks":["a OnVMStarted"]}},
{"step":"shutdown","expect":{"exit_code":1}})");
    scenario.plugins = {a.registration()};
    const ScenarioRun run = played(scenario);
    ASSERT_EQ(run.failures.size(), 5u) << sentences(run);
    EXPECT_EQ(run.failures[0].where, "step 1 (launch), line 2");
    EXPECT_EQ(run.failures[0].what, "exit_code");
    EXPECT_EQ(run.failures[0].expected, "0");
    EXPECT_EQ(run.failures[0].came, "5 with the output\nout\n");
    EXPECT_EQ(run.failures[1].what, "output");
    EXPECT_EQ(to_string(run.failures[1]),
              "step 1 (launch), line 2: \"output\" was to be\n    in\n  and is\n    out\n");
    EXPECT_EQ(run.failures[2].what, "output_contains");
    EXPECT_EQ(run.failures[2].expected, "missing");
    EXPECT_EQ(run.failures[3].what, "hooks");
    EXPECT_EQ(run.failures[3].expected, "a OnVMStarted\n");
    EXPECT_EQ(run.failures[3].came, "a OnVMStarted\na OnDistributionStarted\n");
    EXPECT_EQ(run.failures[4].where, "step 2 (shutdown), line 4");
    EXPECT_EQ(run.printed, "out\n");
}

TEST(ScenarioPlay, ShowsTheUserWhatAPluginVetoed) {
    RelayedPlugin a('a');
    a.on(Hook::OnVMStarted, [](const HookArguments&) { return code(0x80070005u); });
    Scenario scenario = scenario_of(
        R"({"step":"launch","expect":{"exit_code":-1,"output_contains":["plugin 'a'","E_ACCESSDENIED"]}})");
    scenario.plugins = {a.registration()};
    EXPECT_EQ(sentences(played(scenario)), "");
}

TEST(ScenarioPlay, ServesStepsOfOneThreadOnOneThread) {
    std::vector<std::thread::id> threads;
    RelayedPlugin a('a');
    a.on(Hook::OnVMStarted, [&threads](const HookArguments&) {
        threads.push_back(std::this_thread::get_id());
        return 0;
    });
    const std::string again = R"({"step":"launch","command":["true"],"thread":")";
    Scenario scenario = scenario_of(
        again + R"(x"},{"step":"shutdown"},)" + again + R"(y"},{"step":"shutdown","thread":"x"},)" +
        again + R"(x"},{"step":"shutdown"},{"step":"launch","command":["true"]})");
    scenario.plugins = {a.registration()};
    EXPECT_EQ(sentences(played(scenario)), "");
    ASSERT_EQ(threads.size(), 4u);
    EXPECT_EQ(threads[0], threads[2]);
    EXPECT_NE(threads[0], threads[1]);
    EXPECT_NE(threads[0], std::this_thread::get_id());
    EXPECT_EQ(threads[3], std::this_thread::get_id());
}

TEST(ScenarioPlay, RunsTheStepsOfAGroupAtTheSameTime) {
    // Each user's hook waits until the other's has been called: one after the other they would wait in vain.
    std::atomic<int> inside = 0;
    std::atomic<bool> have_met = true;
    RelayedPlugin a('a');
    a.on(Hook::OnVMStarted, [&](const HookArguments&) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        for (++inside; inside < 2 && have_met;) {
            have_met = std::chrono::steady_clock::now() < end;
            std::this_thread::yield();
        }
        return 0;
    });
    Scenario scenario = scenario_of(R"({"step":"parallel","steps":[
{"step":"launch","user":"alice","distribution":"A","command":["true"]},
{"step":"launch","user":"bob","distribution":"B","command":["true"]}],
"expect":{"hooks":["a OnVMStarted","a OnVMStarted"]}})");
    scenario.distributions = {distribution_of("A", "alice"), distribution_of("B", "bob")};
    scenario.plugins = {a.registration()};
    EXPECT_EQ(sentences(played(scenario)), "");
    EXPECT_TRUE(have_met);
}

TEST(ScenarioPlay, NamesTheStepOfAGroupThatFailed) {
    const ScenarioRun run = played(scenario_of(R"({"step":"shutdown"},
{"step":"parallel","steps":[{"step":"shutdown"},
{"step":"launch","distribution":"none"}]})"));
    ASSERT_EQ(run.failures.size(), 1u) << sentences(run);
    EXPECT_EQ(run.failures[0].where, "step 2.2 (launch), line 3");
}

TEST(ScenarioPlay, KeepsTheJournalAndTheUsersOverARestartOfTheService) {
    RelayedPlugin a('a');
    a.watch_everything();
    Scenario scenario = scenario_of(
        R"({"step":"launch","command":["true"]},
           {"step":"stop-service","expect":{"hooks":["a OnDistributionStopping","a OnVMStopping"]}},
           {"step":"start-service"},{"step":"launch","command":["true"]})");
    scenario.plugins = {a.registration()};
    const ScenarioRun run = played(scenario);
    EXPECT_EQ(sentences(run), "");
    EXPECT_THAT(hooks_of(run.journal),
                ElementsAre("a OnVMStarted",
                            "a OnDistributionStarted",
                            "a OnDistributionStopping",
                            "a OnVMStopping",
                            "a OnVMStarted",
                            "a OnDistributionStarted",
                            "a OnDistributionStopping",
                            "a OnVMStopping"));
    EXPECT_EQ(std::ranges::count(run.journal, "stop", &JournalEntry::name), 2);
}

TEST(ScenarioPlay, ShowsTheUserThatTheServiceDoesNotRun) {
    const ScenarioRun run = played(scenario_of(
        R"({"step":"stop-service"},{"step":"launch","command":["true"]},{"step":"start-service"},
           {"step":"launch","command":["true"]})"));
    ASSERT_EQ(run.failures.size(), 1u) << sentences(run);
    EXPECT_EQ(run.failures[0].where, "step 2 (launch), line 1");
}

TEST(ScenarioPlay, SetsThePluginsEnvironmentForAsLongAsItPlays) {
    std::vector<std::optional<std::string>> seen;
    RelayedPlugin a('a');
    a.on_entry([&seen](const abi::WSLPluginAPIV1&, abi::WSLPluginHooksV1&) {
        seen.push_back(platform::environment_variable("WSLPLUGINS_SCENARIO_TEST"));
        return 0;
    });
    Scenario scenario = scenario_of(R"({"step":"shutdown"})");
    scenario.plugins = {a.registration()};
    scenario.environment = {{"WSLPLUGINS_SCENARIO_TEST", "v\xC3\xA4lue"}};
    EXPECT_EQ(sentences(played(scenario)), "");
    EXPECT_THAT(seen, ElementsAre("v\xC3\xA4lue"));
    EXPECT_EQ(platform::environment_variable("WSLPLUGINS_SCENARIO_TEST"), std::nullopt);

    scenario.environment = {{"IT=IS", "no name"}};
    const auto refused = play(scenario);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), HResult::invalid_argument);
}

TEST(ScenarioPlay, LoadsPluginsInAnOrderThatTheSeedDraws) {
    RelayedPlugin a('a');
    RelayedPlugin b('b');
    RelayedPlugin c('c');
    const auto order = [&](std::int64_t seed) {
        Scenario scenario = scenario_of(R"({"step":"shutdown"})");
        scenario.plugins = {a.registration(), b.registration(), c.registration()};
        scenario.seed = seed;
        std::string loaded;
        for (const JournalEntry& entry : played(scenario).journal) {
            if (entry.kind == JournalKind::Load && entry.name == "load") {
                loaded += entry.plugin;
            }
        }
        return loaded;
    };
    std::set<std::string> orders;
    for (std::int64_t seed = 0; seed < 40; ++seed) {
        orders.insert(order(seed));
    }
    EXPECT_THAT(orders, ElementsAre("abc", "acb", "bac", "bca", "cab", "cba"));
    EXPECT_EQ(order(5), order(5));
}

TEST(ScenarioPlay, RepeatsWithANewServiceUntilARepetitionFails) {
    int loads = 0;
    RelayedPlugin a('a');
    a.on_entry([&loads](const abi::WSLPluginAPIV1&, abi::WSLPluginHooksV1&) {
        ++loads;
        return 0;
    });
    Scenario scenario = scenario_of(R"({"step":"shutdown"})");
    scenario.plugins = {a.registration()};
    scenario.repeat = 4;
    EXPECT_EQ(sentences(played(scenario)), "");
    EXPECT_EQ(loads, 4);

    scenario.steps[0].expect.exit_code = 7;
    const ScenarioRun run = played(scenario);
    EXPECT_EQ(loads, 5);
    ASSERT_EQ(run.failures.size(), 1u);
    EXPECT_EQ(run.failures[0].where, "repetition 1, step 1 (shutdown), line 1");
}

TEST(ScenarioPlay, WaitsUntilAFileContainsAText) {
    const TemporaryFile file("waited-for.txt");
    Scenario scenario = scenario_of(
        R"({"step":"wait-for-file","path":"x","contains":"done","timeout_ms":0,"expect":{"exit_code":1,
"output_contains":["did not contain 'done' within 0 ms"]}})");
    scenario.steps[0].values["path"] = file.path();
    EXPECT_EQ(sentences(played(scenario)), "");

    file.write("half ");
    EXPECT_EQ(sentences(played(scenario)), "");
    scenario.steps[0].values["timeout_ms"] = std::int64_t{60'000};
    scenario.steps[0].expect = {};
    std::thread writer([&file] { file.write("half done"); });
    EXPECT_EQ(sentences(played(scenario)), "");
    writer.join();
}

TEST(ScenarioPlay, HoldsTheJournalAgainstAFile) {
    RelayedPlugin a('a');
    a.watch_everything();
    const TemporaryFile file("canonical.jsonl");
    Scenario scenario = scenario_of(R"({"step":"launch","command":["true"]},{"step":"shutdown"})");
    scenario.plugins = {a.registration()};
    file.write(to_canonical_json_lines(played(scenario).journal));
    scenario.canonical_journal = file.path();
    EXPECT_EQ(sentences(played(scenario)), "");

    scenario.steps.pop_back();
    const ScenarioRun run = played(scenario);
    ASSERT_EQ(run.failures.size(), 1u);
    EXPECT_EQ(run.failures[0].what, "canonical_journal");
    EXPECT_THAT(run.failures[0].came, HasSubstr("- service shutdown"));

    scenario.canonical_journal = "no/such/file";
    EXPECT_FALSE(play(scenario));
}

TEST(Recording, IsReadAsItWasWrittenAndComparesWithTheSameRun) {
    RelayedPlugin a('a');
    a.watch_everything();
    Scenario scenario = scenario_of(R"({"step":"launch","command":["true"]},{"step":"shutdown"})");
    scenario.plugins = {a.registration()};
    const auto recording =
        parse_recording(to_recording(scenario, played(scenario).journal), "r.jsonl");
    ASSERT_TRUE(recording) << recording.error().to_string();
    EXPECT_EQ(to_json(recording->scenario), to_json(scenario));
    EXPECT_EQ(difference_from(*recording, played(recording->scenario).journal), std::nullopt);

    a.on(Hook::OnVMStopping, [](const HookArguments&) { return code(0x80004005u); });
    const auto difference = difference_from(*recording, played(recording->scenario).journal);
    ASSERT_TRUE(difference);
    EXPECT_THAT(*difference, HasSubstr("hook OnVMStopping  plugin=\"a\""));
    EXPECT_THAT(*difference, HasSubstr("result_name=\"E_FAIL\""));
}

TEST(Recording, OfParallelStepsIsComparedInAnyOrder) {
    RelayedPlugin a('a');
    Scenario scenario =
        scenario_of(R"({"step":"launch","command":["true"]},{"step":"parallel","steps":[
{"step":"launch","command":["echo","1"]},{"step":"launch","command":["echo","2"]},
{"step":"launch","command":["echo","3"]}]})");
    scenario.plugins = {a.registration()};
    const Recording recording{scenario, to_json_lines(played(scenario).journal)};
    for (std::int64_t seed = 0; seed < 5; ++seed) {
        scenario.seed = seed;
        EXPECT_EQ(difference_from(recording, played(scenario).journal), std::nullopt);
    }
}

TEST(Recording, SaysWhereAFileIsWrong) {
    const auto refusal = [](std::string_view text) {
        const auto parsed = parse_recording(text, "r.jsonl");
        return parsed ? std::string("taken") : parsed.error().text();
    };
    EXPECT_THAT(refusal(""), HasSubstr("r.jsonl:1:1: "));
    EXPECT_THAT(refusal("[]\n"), HasSubstr("r.jsonl:1:1: a recording begins with an object"));
    EXPECT_THAT(refusal("{\"recording\":2,\"scenario\":{}}\n"),
                HasSubstr("r.jsonl:1:14: \"recording\" must be 1, not 2"));
    EXPECT_THAT(refusal("{\"recording\":1}\n"), HasSubstr("\"scenario\" is missing"));
    EXPECT_THAT(refusal("{\"recording\":1,\"scenario\":{\"schema\":1}}\n"),
                HasSubstr("r.jsonl:1:27: the key \"name\" is missing"));
    EXPECT_FALSE(read_recording("no/such/file"));
}

}  // namespace
}  // namespace wslplugins::testhost
