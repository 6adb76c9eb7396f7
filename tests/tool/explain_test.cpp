// SPDX-License-Identifier: MIT
#include "tool/played_tool.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace wslplugins::tool::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Explain, TellsWhatIsBehindASignedPluginThatDoesNotLoad) {
    const Played played =
        play({"explain", "Wsl/Service/CreateInstance/CreateVm/Plugin/0x8007007f"});
    EXPECT_EQ(played.code, ExitCode::Good);
    EXPECT_THAT(played.output, HasSubstr("0x8007007F (ERROR_PROC_NOT_FOUND), loading a plugin"));
    EXPECT_THAT(played.output, HasSubstr("does not export `WSLPluginAPIV1_EntryPoint`"));
    EXPECT_THAT(played.output, HasSubstr("What to do:"));
}

TEST(Explain, OfWhatAUserSawLeavesCallsOut) {
    const Played shown =
        play({"explain", "Error code: Wsl/Service/x/Plugin/E_ILLEGAL_STATE_CHANGE"});
    EXPECT_THAT(shown.output, HasSubstr("a plugin's hook"));
    EXPECT_THAT(shown.output, Not(HasSubstr("a plugin's call of WSL")));
    const Played alone = play({"explain", "E_ILLEGAL_STATE_CHANGE"});
    EXPECT_THAT(alone.output, HasSubstr("a plugin's hook"));
    EXPECT_THAT(alone.output, HasSubstr("a plugin's call of WSL"));
}

TEST(Explain, SaysSoOfACodeThatIsThePluginsOwn) {
    const Played played =
        play({"explain", "Wsl/Service/CreateInstance/CreateVm/Plugin/0x80041234"});
    EXPECT_EQ(played.code, ExitCode::Good);
    EXPECT_THAT(played.output, HasSubstr("it is what the plugin's entry point or hook returned"));
}

TEST(Explain, KnowsFindings) {
    const Played played = play({"explain", "hook-slow"});
    EXPECT_EQ(played.code, ExitCode::Good);
    EXPECT_THAT(played.output, HasSubstr("hook-slow (warning)"));
}

TEST(Explain, PrintsOneJsonObject) {
    const Played played = play({"explain", "--json", "hook-slow", "E_FAIL", "0x80041234"});
    const auto json = nlohmann::json::parse(played.output);
    EXPECT_EQ(json["schema"], 1);
    EXPECT_EQ(json["findings"][0]["id"], "hook-slow");
    EXPECT_EQ(json["codes"][0]["code"], "0x80004005 (E_FAIL)");
    EXPECT_EQ(json["codes"][0]["place"], "a plugin's call of WSL");
    EXPECT_FALSE(json["codes"][0]["causes"].empty());
    EXPECT_EQ(json["unexplained"][0], "0x80041234");
}

}  // namespace
}  // namespace wslplugins::tool::test
