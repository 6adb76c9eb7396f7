// SPDX-License-Identifier: MIT
// Environment, working folder, user, name and target of a command.
#include "flows/command_machine.hpp"

namespace wslplugins::tests {
namespace {

class CommandOptions : public CommandFlow {};

TEST_F(CommandOptions, SetsVariablesBesideThoseOfInit) {
    const auto output = output_of(wsl.script("echo \"$PATH|$A|$A.B\"; env | grep ^A.B")
                                      .environment("A", "first")
                                      .environment("A", "two words\n'quoted' \xFF")
                                      .environment("A.B", "no shell's name"));
    EXPECT_TRUE(output.standard_output.starts_with("/usr/local/sbin:")) << output.standard_output;
    EXPECT_TRUE(output.standard_output.contains("|two words\n'quoted' \xFF|"))
        << output.standard_output;
}

TEST_F(CommandOptions, GivesExactlyTheVariablesThatAreSetAfterClearing) {
    EXPECT_EQ("", output_of(wsl.command("/usr/bin/env").clear_environment()).standard_output);
    const auto output = output_of(wsl.command("/usr/bin/env")
                                      .environment("EMPTY", "")
                                      .clear_environment()
                                      .environment("-x.y z", "a=b"));
    EXPECT_EQ("EMPTY=\n-x.y z=a=b\n", output.standard_output);
}

TEST_F(CommandOptions, LeavesNoVariableOfItsOwnInTheEnvironment) {
    const auto output = output_of(wsl.command("/usr/bin/env"));
    EXPECT_FALSE(output.standard_output.contains("wslp")) << output.standard_output;
}

TEST_F(CommandOptions, StartsInTheWorkingFolder) {
    ASSERT_TRUE(
        output_of(wsl.command("/bin/mkdir").arg("/tmp/a 'b'\n\xC3\xBC")).status.succeeded());
    const auto output =
        output_of(wsl.command("/bin/pwd").arg("-P").working_folder("/tmp/a 'b'\n\xC3\xBC"));
    EXPECT_EQ("/tmp/a 'b'\n\xC3\xBC\n", output.standard_output);
}

TEST_F(CommandOptions, RunsAsAnotherUserWithThatUsersGroups) {
    if (!wsl.has_several_users()) {
        GTEST_SKIP() << "an ordinary user started the machine, which has one user then";
    }
    const auto output = output_of(wsl.script("id -u; id -G; grep CapEff /proc/self/status")
                                      .as_user("nobody")
                                      .working_folder("/"));
    EXPECT_EQ("65534\n65534\nCapEff:\t0000000000000000\n", output.standard_output);
    EXPECT_EQ("1\n", output_of(wsl.script("id -u").as_user("1")).standard_output);
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandOptions, EndsAProgramOfAnotherUser) {
    if (!wsl.has_several_users()) {
        GTEST_SKIP() << "an ordinary user started the machine, which has one user then";
    }
    auto process = wsl.command("/bin/sleep").arg("60").as_user("nobody").spawn();
    ASSERT_TRUE(process.has_value()) << process.error().to_string();
    process->cancel();
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandOptions, GivesTheProgramAnotherName) {
    const auto output = output_of(
        wsl.command("/bin/sh").arg0("a name").args({"-c", "tr '\\0' '|' </proc/$$/cmdline"}));
    EXPECT_TRUE(output.standard_output.starts_with("a name|-c|")) << output.standard_output;
    EXPECT_TRUE(
        output_of(wsl.command("/bin/sh").arg0("").args({"-c", "tr '\\0' '|' </proc/$$/cmdline"}))
            .standard_output.starts_with("|-c|"));
}

TEST_F(CommandOptions, TakesAllOfThemTogether) {
    const std::string user = wsl.has_several_users() ? "daemon" : "root";
    Command command = wsl.command("/bin/sh")
                          .args({"-c", "echo \"$0|$1|$2|$V|$PWD\"; cat", "zero", "", "two"})
                          .environment("V", "v")
                          .working_folder("/tmp")
                          .input("in");
    if (wsl.has_several_users()) {
        command.as_user(user);
    }
    EXPECT_EQ("zero||two|v|/tmp\nin", output_of(command).standard_output);
}

TEST_F(CommandOptions, RunsInADistribution) {
    ASSERT_TRUE(wsl.machine().start_distribution(distribution).has_value());
    const std::string of_root =
        output_of(wsl.command("/bin/readlink").arg("/proc/self/ns/pid")).standard_output;
    Command command = wsl.command("/bin/readlink").arg("/proc/self/ns/pid");
    const auto inside = output_of(command.in(distribution));
    EXPECT_TRUE(inside.status.succeeded());
    EXPECT_NE(of_root, inside.standard_output);
    EXPECT_EQ(of_root, output_of(command.in(DistributionTarget::root_namespace())).standard_output);

    auto process = wsl.script("sleep 60").in(distribution).spawn();
    ASSERT_TRUE(process.has_value()) << process.error().to_string();
    process->cancel();
    EXPECT_EQ("", wsl.what_stays(0, distribution));
}

TEST_F(CommandOptions, SaysThatTheDistributionDoesNotRun) {
    const auto output = wsl.command("/bin/true").in(distribution).run();
    ASSERT_FALSE(output.has_value());
    EXPECT_EQ(HResult::distribution_not_running, output.error().code());
}

TEST_F(CommandOptions, NotesHowAProgramEndsWhoseDistributionStops) {
    ASSERT_TRUE(wsl.machine().start_distribution(distribution).has_value());
    auto process = wsl.script("sleep 60").in(distribution).spawn().value();
    ASSERT_TRUE(wsl.machine().stop_distribution(distribution).has_value());
    const auto status = process.wait(std::chrono::steady_clock::now() + std::chrono::seconds(20));
    ASSERT_FALSE(status.has_value());
    EXPECT_EQ(HResult::aborted, status.error().code()) << status.error().to_string();
}

}  // namespace
}  // namespace wslplugins::tests
