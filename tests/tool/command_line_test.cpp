// SPDX-License-Identifier: MIT
#include "help_examples.hpp"
#include "tool/played_tool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iomanip>

namespace wslplugins::tool::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// The names of all commands, read from the help.
std::vector<std::string> commands() {
    std::istringstream lines(play({"--help"}).output);
    std::vector<std::string> names;
    bool is_command = false;
    for (std::string line; std::getline(lines, line);) {
        if (is_command && line.size() > 2 && line.starts_with("  ") && line[2] != ' ') {
            names.push_back(line.substr(2, line.find(' ', 2) - 2));
        }
        is_command = is_command || line == "Subcommands:";
    }
    return names;
}

/// A line's words behind the tool's name, without what a shell does with the rest.
std::vector<std::string> words_of(std::string_view line) {
    std::istringstream stream{std::string(line.substr(0, line.find(" >")))};
    std::vector<std::string> words;
    for (std::string word; stream >> std::quoted(word, '"', '\0');) {
        words.push_back(word);
    }
    EXPECT_EQ(words.front(), "wslplugin");
    words.erase(words.begin());
    return words;
}

TEST(CommandLine, HelpNamesEveryCommandAndExitCode) {
    const Played help = play({"--help"});
    EXPECT_EQ(help.code, ExitCode::Good);
    for (const char* const word : {"new",
                                   "inspect",
                                   "sign",
                                   "verify",
                                   "trust",
                                   "untrust",
                                   "register",
                                   "unregister",
                                   "list",
                                   "install",
                                   "uninstall",
                                   "reload",
                                   "status",
                                   "doctor",
                                   "run",
                                   "explain",
                                   "completion"}) {
        EXPECT_THAT(commands(), testing::Contains(word));
    }
    EXPECT_THAT(help.output, HasSubstr("Exit codes"));
    EXPECT_THAT(help.errors, IsEmpty());
}

TEST(CommandLine, EveryCommandHasHelpWithExamplesOfItsOwn) {
    for (const std::string& command : commands()) {
        const Played help = play({command, "--help"});
        EXPECT_EQ(help.code, ExitCode::Good) << command;
        EXPECT_THAT(help.output, HasSubstr("--help")) << command;
        EXPECT_THAT(help.output, HasSubstr("Examples:\n  wslplugin " + command)) << command;
    }
}

TEST(CommandLine, EveryExampleParses) {
    EXPECT_FALSE(help_examples().empty());
    for (const HelpExample& example : help_examples()) {
        std::ostringstream output;
        std::ostringstream errors;
        Context context{output, errors};
        Action action;
        const std::vector<std::string> words = words_of(example.line);
        EXPECT_EQ(words.front(), example.command);
        EXPECT_EQ(parse_command_line(words, context, action), std::nullopt)
            << example.line << errors.str();
        EXPECT_TRUE(action) << example.line;
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
        {"inspect"},
        {"verify"},
        {"verify", "a.dll", "b.dll"},
        {"explain"},
        {"new"},
        {"new", "demo", "--template", "none"},
        {"completion", "fish"},
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
    EXPECT_THAT(played.errors, HasSubstr("Only 'wslplugin run' and 'try' take words behind '--'"));
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
