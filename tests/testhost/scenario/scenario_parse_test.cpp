// SPDX-License-Identifier: MIT
#include "platform/dynamic_library.hpp"
#include "platform/paths.hpp"

#include <wslplugins/testhost/scenario.hpp>

#include <gmock/gmock.h>

#include <filesystem>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Why a text is refused, without the code.
std::string refusal(std::string_view text) {
    const auto parsed = parse_scenario(text, "a.json");
    if (parsed) {
        return "taken";
    }
    EXPECT_EQ(parsed.error().code(), HResult::invalid_data);
    return parsed.error().text();
}

/// A file with this besides what every file needs.
std::string with(const std::string& members) {
    return R"({"schema":1,"name":"n","steps":[{"step":"shutdown"}],)" + members + "}";
}

std::string with_step(const std::string& members) {
    return R"({"schema":1,"name":"n","steps":[{"step":"launch",)" + members + "}]}";
}

std::string absolute(const std::string& path) {
    return platform::utf8_from_path(std::filesystem::absolute(path).lexically_normal());
}

TEST(ScenarioParse, ReadsEveryKey) {
    const auto parsed = parse_scenario(R"({
        "schema": 1, "name": "all", "description": "every key",
        "service": {"version": "2.1.2", "signatures": "unofficial"},
        "plugins": [{"name": "a", "path": "sub/../a.plugin"}, {"name": "b", "path": "b"}],
        "distributions": [
            {"name": "One", "id": "{7d6f1c52-0e0b-4f0a-9f5e-5d3c1a6b2e40}", "package_family_name": "p",
             "wsl_version": 1, "user": "alice"},
            {"name": "Two"}],
        "environment": {"A": "1", "B": ""},
        "seed": 7, "repeat": 3,
        "steps": [
            {"step": "launch", "user": "alice", "thread": "t", "distribution": "One", "command": ["a", ""],
             "expect": {"exit_code": -1, "output": "o", "output_contains": ["c"], "hooks": ["a OnVMStarted"]}},
            {"step": "wait-for-file", "path": "log.txt", "contains": "x", "timeout_ms": 5},
            {"step": "parallel", "steps": [{"step": "shutdown"}], "expect": {"hooks": []}}],
        "expect": {"canonical_journal": "expected.jsonl"}})",
                                       "folder/a.json");
    ASSERT_TRUE(parsed) << parsed.error().to_string();
    EXPECT_EQ(parsed->name, "all");
    EXPECT_EQ(parsed->description, "every key");
    EXPECT_EQ(parsed->version, (Version{2, 1, 2}));
    EXPECT_EQ(parsed->signature_check, SignatureCheck::Unofficial);
    ASSERT_EQ(parsed->plugins.size(), 2u);
    EXPECT_EQ(parsed->plugins[0].path, absolute("folder/a.plugin"));
    EXPECT_EQ(parsed->plugins[1].path,
              absolute(std::string("folder/b") + platform::library_suffix));
    ASSERT_EQ(parsed->distributions.size(), 2u);
    EXPECT_EQ(to_string(parsed->distributions[0].id), "{7d6f1c52-0e0b-4f0a-9f5e-5d3c1a6b2e40}");
    EXPECT_EQ(parsed->distributions[0].package_family_name, "p");
    EXPECT_EQ(parsed->distributions[0].wsl_version, 1);
    EXPECT_EQ(parsed->distributions[0].user, "alice");
    EXPECT_EQ(parsed->distributions[1].wsl_version, 2);
    EXPECT_THAT(parsed->environment, ElementsAre(testing::Pair("A", "1"), testing::Pair("B", "")));
    EXPECT_EQ(parsed->seed, 7);
    EXPECT_EQ(parsed->repeat, 3);
    EXPECT_EQ(parsed->canonical_journal, absolute("folder/expected.jsonl"));

    ASSERT_EQ(parsed->steps.size(), 3u);
    const ScenarioStep& launch = parsed->steps[0];
    EXPECT_EQ(launch.action, "launch");
    EXPECT_EQ(launch.user, "alice");
    EXPECT_EQ(launch.thread, "t");
    EXPECT_EQ(launch.line, 12);
    EXPECT_EQ(std::get<std::string>(launch.values.at("distribution")), "One");
    EXPECT_THAT(std::get<std::vector<std::string>>(launch.values.at("command")),
                ElementsAre("a", ""));
    EXPECT_EQ(launch.expect.exit_code, -1);
    EXPECT_EQ(launch.expect.output, "o");
    EXPECT_THAT(launch.expect.output_contains, ElementsAre("c"));
    EXPECT_THAT(*launch.expect.hooks, ElementsAre("a OnVMStarted"));
    EXPECT_EQ(std::get<std::string>(parsed->steps[1].values.at("path")),
              absolute("folder/log.txt"));
    EXPECT_EQ(std::get<std::int64_t>(parsed->steps[1].values.at("timeout_ms")), 5);
    ASSERT_EQ(parsed->steps[2].steps.size(), 1u);
    EXPECT_EQ(parsed->steps[2].steps[0].action, "shutdown");
    EXPECT_TRUE(parsed->steps[2].expect.hooks->empty());
}

TEST(ScenarioParse, LeavesTheDefaultsWhereNothingIsSaid) {
    const auto parsed =
        parse_scenario(R"({"schema": 1, "name": "n", "steps": [{"step": "launch"}]})", "a.json");
    ASSERT_TRUE(parsed) << parsed.error().to_string();
    EXPECT_EQ(parsed->version, newest_known_version);
    EXPECT_EQ(parsed->signature_check, default_signature_check());
    EXPECT_TRUE(parsed->plugins.empty());
    EXPECT_FALSE(parsed->seed);
    EXPECT_EQ(parsed->repeat, 1);
    EXPECT_EQ(parsed->steps[0].expect.exit_code, 0);
    EXPECT_FALSE(parsed->steps[0].expect.output);
    EXPECT_FALSE(parsed->steps[0].expect.hooks);
    EXPECT_TRUE(parsed->steps[0].user.empty());
}

TEST(ScenarioParse, KeepsAnAbsolutePath) {
    const std::string path = absolute("elsewhere/plugin.so");
    std::string escaped;
    for (const char character : path) {
        escaped += character == '\\' ? "\\\\" : std::string(1, character);
    }
    const auto parsed = parse_scenario(
        with(R"("plugins": [{"name": "a", "path": ")" + escaped + R"("}])"), "folder/a.json");
    ASSERT_TRUE(parsed) << parsed.error().to_string();
    EXPECT_EQ(parsed->plugins[0].path, path);
}

TEST(ScenarioParse, SaysWhereTheTextIsNoJson) {
    EXPECT_THAT(refusal(""), HasSubstr("a.json:1:1: "));
    EXPECT_THAT(refusal("{\n  \"schema\": 1,\n  oops\n}"), HasSubstr("a.json:3:3: syntax error"));
    EXPECT_THAT(refusal("{\"schema\": 1"), HasSubstr("a.json:1:13: "));
    EXPECT_THAT(refusal("{}\n}"), HasSubstr("a.json:2:1: "));
    EXPECT_THAT(refusal("{\"a\": 1e999}"), HasSubstr("a.json:1:"));
    EXPECT_THAT(refusal("\"\xFF\""), HasSubstr("a.json:1:2: "));
    EXPECT_THAT(refusal("{\"a\": 1, // no comment\n}"), HasSubstr("a.json:1:"));
}

TEST(ScenarioParse, CountsColumnsInCharactersBehindAByteOrderMark) {
    EXPECT_EQ(refusal("\xEF\xBB\xBF{\"schema\":1, \"na\xC3\xAFve\xE2\x82\xAC\" : 1}").substr(0, 14),
              "a.json:1:14: u");
    EXPECT_THAT(refusal("{\"schema\":1, \"name\":\"\xC3\xA9\xC3\xA9\", \"x\":1}"),
                HasSubstr("a.json:1:27: unknown key \"x\""));
}

TEST(ScenarioParse, RefusesAnUnknownKeyWhereverItStands) {
    EXPECT_EQ(refusal("{\n    \"schema\": 1,\n    \"nmae\": \"n\"\n}"),
              "a.json:3:5: unknown key \"nmae\"; there are \"schema\", \"name\", \"description\", "
              "\"service\", \"plugins\", \"distributions\", \"faults\", \"answers\", "
              "\"missing_folders\", \"environment\", \"seed\", \"repeat\", \"steps\", \"expect\"");
    EXPECT_THAT(refusal(with(R"("service":{"verison":"2.4.4"})")),
                HasSubstr("unknown key \"verison\"; there are \"version\", \"signatures\""));
    EXPECT_THAT(refusal(with(R"("plugins":[{"name":"a","path":"b","x":1}])")),
                HasSubstr("unknown key \"x\""));
    EXPECT_THAT(refusal(with(R"("distributions":[{"name":"a","x":1}])")),
                HasSubstr("unknown key \"x\""));
    EXPECT_THAT(refusal(with(R"("expect":{"hooks":[]})")), HasSubstr("unknown key \"hooks\""));
    EXPECT_THAT(refusal(with_step(R"("contains":"x")")), HasSubstr("unknown key \"contains\""));
    EXPECT_THAT(refusal(with_step(R"("expect":{"exitcode":1})")),
                HasSubstr("unknown key \"exitcode\""));
}

TEST(ScenarioParse, RefusesAKeyThatIsGivenTwice) {
    EXPECT_EQ(refusal("{\"schema\": 1,\n\"schema\": 1}"),
              "a.json:2:1: the key \"schema\" is given twice");
    EXPECT_THAT(refusal(with(R"("environment":{"A":"1","A":"2"})")), HasSubstr("given twice"));
}

TEST(ScenarioParse, RefusesWhatIsMissing) {
    EXPECT_THAT(refusal("{}"), HasSubstr("a.json:1:1: the key \"schema\" is missing"));
    EXPECT_THAT(refusal(R"({"schema":1,"name":"n"})"), HasSubstr("\"steps\" is missing"));
    EXPECT_THAT(refusal(R"({"schema":1,"name":"n","steps":[]})"),
                HasSubstr("a.json:1:32: \"steps\" must not be empty"));
    EXPECT_THAT(refusal(with(R"("plugins":[{"name":"a"}])")), HasSubstr("\"path\" is missing"));
    EXPECT_THAT(refusal(R"({"schema":1,"name":"n","steps":[{"step":"wait-for-file"}]})"),
                HasSubstr("is missing"));
    EXPECT_THAT(refusal(R"({"schema":1,"name":"n","steps":[{}]})"),
                HasSubstr("a step needs the key \"step\""));
}

TEST(ScenarioParse, RefusesAnotherSchema) {
    EXPECT_EQ(refusal(R"({"schema":2,"name":"n","steps":[{"step":"shutdown"}]})"),
              "a.json:1:11: \"schema\" must be 1, not 2");
}

TEST(ScenarioParse, RefusesValuesOfAnotherKind) {
    EXPECT_THAT(refusal("[]"), HasSubstr("a.json:1:1: a scenario must be an object"));
    EXPECT_THAT(refusal(with(R"("repeat":"3")")),
                HasSubstr("\"repeat\" must be a number, not a text"));
    EXPECT_THAT(refusal(with(R"("repeat":0)")),
                HasSubstr("\"repeat\" must be between 1 and 1000000, not 0"));
    EXPECT_THAT(refusal(with(R"("repeat":1.5)")), HasSubstr("a number must be a whole one"));
    EXPECT_THAT(refusal(with(R"("seed":18446744073709551615)")),
                HasSubstr("a number must be a whole one"));
    EXPECT_THAT(refusal(with(R"("seed":-1)")), HasSubstr("\"seed\" must be between 0"));
    EXPECT_THAT(refusal(with(R"("plugins":{})")),
                HasSubstr("\"plugins\" must be a list, not an object"));
    EXPECT_THAT(refusal(with(R"("plugins":["a"])")),
                HasSubstr("each of \"plugins\" must be an object, not a text"));
    EXPECT_THAT(refusal(with(R"("environment":{"A":1})")),
                HasSubstr("each of \"environment\" must be a text, not a number"));
    EXPECT_THAT(refusal(with(R"("description":null)")),
                HasSubstr("\"description\" must be a text, not null"));
    EXPECT_THAT(refusal(with_step(R"("command":"echo")")),
                HasSubstr("\"command\" must be a list, not a text"));
    EXPECT_THAT(refusal(with_step(R"("command":[true])")),
                HasSubstr("each of \"command\" must be a text, not true or false"));
    EXPECT_THAT(refusal(R"({"schema":1,"name":"n","steps":["launch"]})"),
                HasSubstr("a step must be an object"));
    EXPECT_THAT(refusal(R"({"schema":1,"name":"n","steps":[{"step":1}]})"),
                HasSubstr("a step needs the key \"step\""));
}

TEST(ScenarioParse, RefusesWhatNothingCanBeNamed) {
    EXPECT_THAT(refusal(with(R"("service":{"version":"2.x"})")),
                HasSubstr("'2.x' is not a version of WSL, such as 2.4.4"));
    EXPECT_THAT(
        refusal(with(R"("service":{"signatures":"none"})")),
        HasSubstr("\"signatures\" must be one of \"official\", \"unofficial\", not \"none\""));
    EXPECT_THAT(refusal(with(R"("distributions":[{"name":"a","id":"1234"}])")),
                HasSubstr("'1234' is not a GUID"));
    EXPECT_THAT(refusal(with(R"("distributions":[{"name":"a","wsl_version":3}])")),
                HasSubstr("\"wsl_version\" must be between 1 and 2, not 3"));
    EXPECT_THAT(refusal(with(R"("plugins":[{"name":"","path":"b"}])")),
                HasSubstr("\"name\" must not be empty"));
    EXPECT_THAT(refusal(with_step(R"("command":["a\u0000b"])")),
                HasSubstr("a text must not hold the character NUL"));
    EXPECT_THAT(refusal(with(R"("environment":{"a\u0000b":"1"})")),
                HasSubstr("a key must not hold the character NUL"));
}

TEST(ScenarioParse, NamesTheStepsThatThereAre) {
    EXPECT_THAT(refusal(R"({"schema":1,"name":"n","steps":[{"step":"lunch"}]})"),
                testing::StartsWith("a.json:1:41: unknown step \"lunch\"; there are launch, "));
}

TEST(ScenarioParse, RefusesWhatCannotRunBesideOthers) {
    const auto group = [](const std::string& step) {
        return R"({"schema":1,"name":"n","steps":[{"step":"parallel","steps":[)" + step + "]}]}";
    };
    EXPECT_THAT(refusal(group(R"({"step":"stop-service"})")),
                HasSubstr("\"stop-service\" cannot run beside other steps"));
    EXPECT_THAT(refusal(group(R"({"step":"parallel","steps":[{"step":"launch"}]})")),
                HasSubstr("\"parallel\" cannot run beside other steps"));
    EXPECT_THAT(refusal(group(R"({"step":"launch","expect":{"hooks":[]}})")),
                HasSubstr("expect them of the group"));
    EXPECT_THAT(refusal(group("")), HasSubstr("\"steps\" must not be empty"));
}

TEST(ScenarioParse, RefusesWhatIsNestedTooDeep) {
    EXPECT_THAT(refusal(std::string(200, '[')),
                HasSubstr("a.json:1:33: nothing is nested so deep"));
}

TEST(ScenarioParse, SaysWhichFileCannotBeRead) {
    const auto missing = read_scenario("no/such/scenario.json");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code(), HResult::file_not_found);
    EXPECT_THAT(missing.error().text(), HasSubstr("'no/such/scenario.json'"));
    EXPECT_FALSE(read_scenario("."));
}

TEST(ScenarioLibrary, EveryCommonScenarioIsNamedAsItsFileAndSaysWhatItShows) {
    const auto all = common_scenarios();
    EXPECT_GE(all.size(), 9u);
    for (const CommonScenario& common : all) {
        const auto scenario = common_scenario(common.name);
        ASSERT_TRUE(scenario) << scenario.error().to_string();
        EXPECT_EQ(scenario->name, common.name);
        EXPECT_EQ(scenario->description, common.description);
        EXPECT_FALSE(common.description.empty()) << common.name;
    }
}

TEST(ScenarioLibrary, NamesAllWhereOneIsAskedForThatIsMissing) {
    const auto missing = common_scenario("warm-stop");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code(), HResult::not_found);
    EXPECT_THAT(missing.error().text(),
                HasSubstr("There is no common scenario 'warm-stop'; there are cold-start, "));
}

}  // namespace
}  // namespace wslplugins::testhost
