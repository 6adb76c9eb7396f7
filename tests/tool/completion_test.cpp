// SPDX-License-Identifier: MIT
#include "tool/played_tool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#if !defined(_WIN32)
#    include "platform/child_process.hpp"
#endif

#include <sstream>

namespace wslplugins::tool::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Completion, IsPrintedForBothShells) {
    for (const char* const shell : {"bash", "powershell"}) {
        const Played played = play({"completion", shell});
        EXPECT_EQ(played.code, ExitCode::Good);
        EXPECT_THAT(played.output, HasSubstr("'minimal policy containers'")) << shell;
        EXPECT_THAT(played.output, HasSubstr("--certificate-folder")) << shell;
    }
}

TEST(Completion, OfAShellThatNobodyKnowsIsWrongUsage) {
    for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
             {"completion"}, {"completion", "fish"}, {"completion", "bash", "powershell"}}) {
        EXPECT_EQ(play(arguments).code, ExitCode::Usage);
    }
}

#if !defined(_WIN32)

/// What bash offers for a command line whose last word is being typed.
std::vector<std::string> offered(const std::vector<std::string>& words) {
    std::string script = play({"completion", "bash"}).output + "COMP_WORDS=(";
    for (const std::string& word : words) {
        script += "'" + word + "' ";
    }
    script += ")\nCOMP_CWORD=" + std::to_string(words.size() - 1) +
              "\n_wslplugin\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
    const auto outcome = platform::run_program({"bash", "-uc", script});
    EXPECT_TRUE(outcome.has_value()) << outcome.error().to_string();
    EXPECT_EQ(outcome->exit_code, 0) << outcome->output;
    std::istringstream lines(outcome->output);
    std::vector<std::string> replies;
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) {
            replies.push_back(line);
        }
    }
    return replies;
}

TEST(BashCompletion, OffersCommands) {
    EXPECT_THAT(offered({"wslplugin", "unt"}), ElementsAre("untrust"));
    const auto all = offered({"wslplugin", ""});
    for (const char* const command : {"new", "run", "list", "completion", "register"}) {
        EXPECT_THAT(all, Contains(command));
    }
    EXPECT_THAT(offered({"wslplugin", "--ver"}), ElementsAre("--version"));
}

TEST(BashCompletion, OffersTheOptionsOfTheCommand) {
    EXPECT_THAT(offered({"wslplugin", "new", "demo", "--te"}), ElementsAre("--template"));
    EXPECT_THAT(offered({"wslplugin", "list", "--j"}), ElementsAre("--json"));
    EXPECT_THAT(offered({"wslplugin", "list", "--te"}), IsEmpty());
    EXPECT_THAT(offered({"wslplugin", "list", "--"}), Contains("--help"));
}

TEST(BashCompletion, OffersWhatAnOptionCanBe) {
    EXPECT_THAT(offered({"wslplugin", "new", "--template", ""}),
                ElementsAre("minimal", "policy", "containers"));
    EXPECT_THAT(offered({"wslplugin", "new", "--template", "po"}), ElementsAre("policy"));
    EXPECT_THAT(offered({"wslplugin", "new", "--template", "="}),
                ElementsAre("minimal", "policy", "containers"));
    EXPECT_THAT(offered({"wslplugin", "new", "--template", "=", "co"}), ElementsAre("containers"));
    EXPECT_THAT(offered({"wslplugin", "completion", "b"}), ElementsAre("bash"));
}

TEST(BashCompletion, LeavesFilesToBash) {
    EXPECT_THAT(offered({"wslplugin", "sign", "my"}), IsEmpty());
    EXPECT_THAT(offered({"wslplugin", "new", "demo", "--folder", "m"}), IsEmpty());
    EXPECT_THAT(offered({"wslplugin", "run", "--dry-run", "--", "un"}), IsEmpty());
}

TEST(BashCompletion, RunsNothingOfWhatIsTyped) {
    EXPECT_THAT(offered({"wslplugin", "$(echo ran >&2)", "x[$(echo ran >&2)]", "`echo ran`", "--"}),
                Not(Contains(HasSubstr("ran"))));
}

#endif

}  // namespace
}  // namespace wslplugins::tool::test
