// SPDX-License-Identifier: MIT
// `wslplugin run` with scenarios, and the files that it writes.
#include "platform/dynamic_library.hpp"
#include "platform/paths.hpp"
#include "tool/played_tool.hpp"

#include <wslplugins/testhost/scenario.hpp>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace wslplugins::tool::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// A plugin on the bare ABI that succeeds and installs no hook.
std::string quiet_plugin() {
    const auto program = platform::executable_path();
    EXPECT_TRUE(program);
    return platform::utf8_from_path(program->parent_path().parent_path() / "fixtures" / "raw" /
                                    (std::string("relay_a") + platform::library_suffix));
}

class RunScenario : public testing::Test {
protected:
    RunScenario()
        : folder_(std::filesystem::absolute(
              std::string("run-scenario-") +
              testing::UnitTest::GetInstance()->current_test_info()->name())) {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    ~RunScenario() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string path(const std::string& name) const {
        return platform::utf8_from_path(folder_ / name);
    }
    [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return path(name);
    }
    [[nodiscard]] std::string content(const std::string& name) const {
        std::ifstream stream(folder_ / name, std::ios::binary);
        EXPECT_TRUE(stream) << name;
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    /// `run` with the quiet plugin, whose signature nobody checks.
    static Played run(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"run", quiet_plugin(), "--unofficial"});
        return play(std::move(arguments));
    }

private:
    const std::filesystem::path folder_;
};

TEST_F(RunScenario, ListsTheCommonScenariosWithWhatTheyShow) {
    const Played list = play({"run", "--list-scenarios"});
    EXPECT_EQ(list.code, ExitCode::Good);
    EXPECT_THAT(list.errors, IsEmpty());
    for (const testhost::CommonScenario& scenario : testhost::common_scenarios()) {
        EXPECT_THAT(list.output, HasSubstr(scenario.name + "\n    " + scenario.description + '\n'));
    }
}

TEST_F(RunScenario, LetsFaultsHappenThatAreNamedOnTheCommandLine) {
    const Played denied = run({"--fault", "slow:delay_ms=0", "--fault", "registry-denies"});
    EXPECT_EQ(denied.code, ExitCode::Environment);
    EXPECT_THAT(denied.errors, HasSubstr("E_ACCESSDENIED"));
    EXPECT_THAT(denied.errors, HasSubstr("The registry key of the plugins could not be read"));
    EXPECT_EQ(run({"--fault", "registry-denies:plugin=another"}).code, ExitCode::Good);
}

TEST_F(RunScenario, SaysWhereAFaultIsWrong) {
    const Played wrong = run({"--fault", "slow:nth=0"});
    EXPECT_EQ(wrong.code, ExitCode::Usage);
    EXPECT_THAT(wrong.errors,
                HasSubstr("--fault 'slow:nth=0', character 10: '0' is not a number between 1"));
    EXPECT_EQ(run({"--fault", ""}).code, ExitCode::Usage);
    EXPECT_EQ(run({"--fault"}).code, ExitCode::Usage);
}

TEST_F(RunScenario, PlaysACommonScenarioByItsName) {
    const Played played = run({"--scenario", "two-distributions"});
    EXPECT_EQ(played.code, ExitCode::Good) << played.output << played.errors;
    EXPECT_THAT(played.output, HasSubstr("distribution=Second"));
    EXPECT_THAT(played.output, HasSubstr("Good: everything went as expected.\n"));
}

TEST_F(RunScenario, PlaysAFileAndFindsItsPluginBesideIt) {
    std::filesystem::copy_file(
        platform::path_from_utf8(quiet_plugin()),
        platform::path_from_utf8(path("beside")).concat(platform::library_suffix));
    const std::string file = write("own.json", R"({"schema": 1, "name": "own",
        "service": {"signatures": "unofficial", "version": "2.4.4"},
        "plugins": [{"name": "besides", "path": "beside"}],
        "steps": [{"step": "launch", "command": ["echo", "it is me"], "expect": {"output": "it is me\n"}}]})");
    const Played played = play({"run", "--scenario", file});
    EXPECT_EQ(played.code, ExitCode::Good) << played.output << played.errors;
    EXPECT_THAT(played.output, HasSubstr("version=2.4.4"));
    EXPECT_THAT(played.output, HasSubstr("besides"));
}

TEST_F(RunScenario, SaysWhichStepDidNotGoAsItWasToAndFails) {
    const std::string file = write("own.json",
                                   "{\"schema\": 1, \"name\": \"own\", \"steps\": [\n"
                                   "{\"step\": \"launch\", \"command\": [\"false\"]}]}");
    const Played table = run({"--scenario", file});
    EXPECT_EQ(table.code, ExitCode::Findings);
    EXPECT_THAT(
        table.output,
        HasSubstr("Failed:\nstep 1 (launch), line 2: \"exit_code\" was to be '0' and is '1'"));
    const Played json = run({"--scenario", file, "--json"});
    EXPECT_EQ(json.code, ExitCode::Findings);
    EXPECT_THAT(json.output, StartsWith("{\"schema\":1,"));
    EXPECT_THAT(json.errors, HasSubstr("step 1 (launch), line 2: "));
}

TEST_F(RunScenario, RefusesABadFileWithItsLineAndColumn) {
    const std::string file = write("bad.json", "{\n  \"schema\": 1,\n  \"stpes\": []\n}\n");
    const Played played = run({"--scenario", file});
    EXPECT_EQ(played.code, ExitCode::Usage);
    EXPECT_THAT(played.errors, HasSubstr("bad.json:3:3: unknown key \"stpes\""));
    EXPECT_THAT(played.output, IsEmpty());
}

TEST_F(RunScenario, RefusesAScenarioThatThereIsNot) {
    const Played name = run({"--scenario", "no-such"});
    EXPECT_EQ(name.code, ExitCode::Usage);
    EXPECT_THAT(name.errors,
                HasSubstr("There is no common scenario 'no-such'; there are cold-start,"));
    const Played file = run({"--scenario", path("missing.json")});
    EXPECT_EQ(file.code, ExitCode::Usage);
    EXPECT_THAT(file.errors, HasSubstr("missing.json"));
}

TEST_F(RunScenario, RefusesWhatDoesNotGoTogether) {
    const std::vector<std::vector<std::string>> wrong{
        {"--scenario", "cold-start", "--", "echo"},
        {"--scenario", "cold-start", "--distribution", "Other"},
        {"--scenario", "cold-start", "--replay", "x"},
        {"--replay", "x", "--distribution", "Other"},
        {"--report"},
        {"--trace"}};
    for (const auto& arguments : wrong) {
        const Played played = run(arguments);
        EXPECT_EQ(played.code, ExitCode::Usage) << testing::PrintToString(arguments);
        EXPECT_THAT(played.errors, testing::Not(IsEmpty()));
    }
}

TEST_F(RunScenario, WritesTheReportTheTraceAndTheRecording) {
    const Played played = run({"--report",
                               path("run.html"),
                               "--trace",
                               path("run.trace"),
                               "--record",
                               path("run.jsonl")});
    EXPECT_EQ(played.code, ExitCode::Good) << played.output << played.errors;
    EXPECT_THAT(content("run.html"), StartsWith("<!doctype html>"));
    EXPECT_THAT(content("run.html"), HasSubstr("<title>cold-start</title>"));
    EXPECT_FALSE(nlohmann::json::parse(content("run.trace")).at("traceEvents").empty());
    EXPECT_THAT(content("run.jsonl"), StartsWith("{\"recording\":1,"));
}

TEST_F(RunScenario, ReplaysARecordingAndComparesTheJournals) {
    ASSERT_EQ(run({"--scenario", "shutdown-and-again", "--record", path("run.jsonl")}).code,
              ExitCode::Good);
    const Played same = play({"run", "--replay", path("run.jsonl")});
    EXPECT_EQ(same.code, ExitCode::Good) << same.output << same.errors;

    const Played other = play({"run", "--replay", path("run.jsonl"), "--wsl-version", "2.1.2"});
    EXPECT_EQ(other.code, ExitCode::Findings);
    EXPECT_THAT(other.output, HasSubstr("the whole run: \"journal\" was to be"));
    EXPECT_THAT(other.output, HasSubstr("+ service start  version=\"2.1.2\""));
}

TEST_F(RunScenario, RefusesARecordingThatIsNone) {
    const std::string file = write("run.jsonl", "{\"schema\": 1}\n");
    const Played played = run({"--replay", file});
    EXPECT_EQ(played.code, ExitCode::Usage);
    EXPECT_THAT(played.errors, HasSubstr("run.jsonl:1:2: unknown key \"schema\""));
}

TEST_F(RunScenario, SaysWhatCannotBeWritten) {
    const Played played = run({"--report", path("no/such/folder/run.html")});
    EXPECT_EQ(played.code, ExitCode::Usage);
    EXPECT_THAT(played.errors, HasSubstr("run.html'; check that its folder exists"));
}

}  // namespace
}  // namespace wslplugins::tool::test
