// SPDX-License-Identifier: MIT
#include "tool/played_tool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wslplugins::tool::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(CommandLine, HelpNamesEveryCommandAndExitCode) {
    const Played help = play({"--help"});
    EXPECT_EQ(help.code, ExitCode::Good);
    for (const char* const word : {"sign",
                                   "trust",
                                   "untrust",
                                   "register",
                                   "unregister",
                                   "list",
                                   "run",
                                   "explain",
                                   "Exit codes"}) {
        EXPECT_THAT(help.output, HasSubstr(word));
    }
    EXPECT_THAT(help.errors, IsEmpty());
}

TEST(CommandLine, EveryCommandHasHelp) {
    for (const char* const command :
         {"sign", "trust", "untrust", "register", "unregister", "list", "run", "explain"}) {
        const Played help = play({command, "--help"});
        EXPECT_EQ(help.code, ExitCode::Good) << command;
        EXPECT_THAT(help.output, HasSubstr("--help")) << command;
    }
}

TEST(CommandLine, VersionIsPrinted) {
    const Played version = play({"--version"});
    EXPECT_EQ(version.code, ExitCode::Good);
    EXPECT_THAT(version.output, HasSubstr("wslplugin 0."));
}

TEST(CommandLine, WrongUsageSaysSoAndDoesNothing) {
    const std::vector<std::vector<std::string>> wrong{
        {},
        {"no-such-command"},
        {"--no-such-option"},
        {"sign"},
        {"sign", "a.dll", "b.dll"},
        {"sign", "a.dll", "--certificate-folder"},
        {"register", "name"},
        {"register"},
        {"unregister"},
        {"list", "surplus"},
        {"list", "--yaml"},
        {"run", "--wsl-version"},
        {"explain"},
        {"explain", "nothing", "that", "2026", "knows"}};
    for (const std::vector<std::string>& arguments : wrong) {
        const Played played = play(arguments);
        EXPECT_EQ(played.code, ExitCode::Usage) << testing::PrintToString(arguments);
        EXPECT_THAT(played.errors, Not(IsEmpty())) << testing::PrintToString(arguments);
        EXPECT_THAT(played.output, IsEmpty()) << testing::PrintToString(arguments);
    }
}

TEST(CommandLine, OnlyRunTakesWordsBehindTheMark) {
    const Played played = play({"list", "--", "echo"});
    EXPECT_EQ(played.code, ExitCode::Usage);
    EXPECT_THAT(played.errors, HasSubstr("Only 'wslplugin run' takes words behind '--'"));
}

TEST(Run, RefusesWhatIsNoVersion) {
    for (const char* const version : {"x", "2.", "2.4.4.0", "-1"}) {
        const Played played = play({"run", "./plugin.so", std::string("--wsl-version=") + version});
        EXPECT_EQ(played.code, ExitCode::Usage) << version;
        EXPECT_THAT(played.errors, HasSubstr("is not a version of WSL")) << version;
        EXPECT_THAT(played.errors, HasSubstr("0x80070057 (E_INVALIDARG)")) << version;
    }
}

}  // namespace
}  // namespace wslplugins::tool::test
