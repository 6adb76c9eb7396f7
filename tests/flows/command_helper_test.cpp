// SPDX-License-Identifier: MIT
// What the helper needs on the Linux side, and what it says where that is missing.
#include "flows/command_machine.hpp"

namespace wslplugins::tests {
namespace {
using namespace std::chrono_literals;

class CommandHelper : public CommandFlow {
protected:
    /// Expects that the command is refused with this code, for a reason that says this.
    void expect_refused(const Command& command, HResult code, std::string_view reason) {
        const auto output = command.run();
        ASSERT_FALSE(output.has_value());
        EXPECT_EQ(code, output.error().code()) << output.error().to_string();
        EXPECT_TRUE(output.error().text().contains(reason)) << output.error().text();
        EXPECT_EQ(code, command.spawn().error().code());
    }
};

TEST_F(CommandHelper, SaysWhatIsWrongWithTheCommand) {
    expect_refused(wsl.command("/no/such"), HResult::file_not_found, "no such file");
    expect_refused(wsl.command("/etc/passwd"), HResult::access_denied, "may be executed");
    expect_refused(wsl.command("/etc"), HResult::access_denied, "may be executed");
    expect_refused(wsl.command("/bin/true").working_folder("/no/such"),
                   HResult::path_not_found,
                   "working folder");
    expect_refused(
        wsl.command("/bin/true").as_user("no-such-user"), HResult::not_found, "no such user");
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandHelper, SaysThatChangingTheUserNeedsRoot) {
    if (!wsl.has_several_users()) {
        GTEST_SKIP() << "an ordinary user started the machine, which has one user then";
    }
    wsl.launcher = {"/usr/bin/setpriv", "--reuid=1", "--regid=1", "--clear-groups", "--"};
    expect_refused(
        wsl.command("/bin/true").as_user("nobody"), HResult::access_denied, "needs root");
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandHelper, NeedsNoRootForAllElse) {
    if (!wsl.has_several_users()) {
        GTEST_SKIP() << "an ordinary user started the machine, which has one user then";
    }
    wsl.launcher = {"/usr/bin/setpriv", "--reuid=1", "--regid=1", "--clear-groups", "--"};
    const auto output = output_of(wsl.script("id -u; cat; echo \"$V$PWD\" >&2; exit 3")
                                      .environment("V", "v")
                                      .working_folder("/")
                                      .input("in"));
    EXPECT_EQ("1\nin", output.standard_output);
    EXPECT_EQ("v/\n", output.standard_error);
    EXPECT_EQ(ExitStatus::exited(3), output.status);
    wsl.script("sleep 60").spawn().value().cancel();
    wsl.launcher.clear();
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandHelper, SaysThatRootOfOneUserCannotChangeToAnother) {
    wsl.launcher = {"/usr/bin/unshare", "--user", "--map-root-user", "--"};
    expect_refused(wsl.command("/bin/true").as_user("nobody"),
                   HResult::access_denied,
                   "may not change to the user");
}

TEST_F(CommandHelper, EndsWhatBelongsTogetherAlsoWhereWslStartsItInAGroupOfOthers) {
    wsl.launcher = {"/bin/sh", "-c", "\"$@\"; exit", "sh"};
    const auto output = output_of(wsl.script("cat; echo err >&2; exit 3").input("in"));
    EXPECT_EQ("in", output.standard_output);
    EXPECT_EQ("err\n", output.standard_error);
    EXPECT_EQ(ExitStatus::exited(3), output.status);
    auto process = wsl.script("trap '' HUP INT TERM; while :; do sleep 60; done").spawn().value();
    EXPECT_EQ(HResult::timeout,
              process.wait(std::chrono::steady_clock::now() + 50ms).error().code());
    process.cancel();
    wsl.launcher.clear();
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandHelper, NeedsSetsidWhereWslStartsItInAGroupOfOthers) {
    wsl.replace_programs("shell_and_cat");
    EXPECT_EQ("", output_of(wsl.script("exit 0")).standard_output);
    wsl.launcher = {"/bin/sh", "-c", "\"$@\"; exit", "sh"};
    expect_refused(wsl.command("/bin/sh"), HResult::not_supported, "needs 'setsid'");
}

TEST_F(CommandHelper, SaysThatProcIsNotMounted) {
    ASSERT_TRUE(wsl.machine().mount_folder(programs_folder("nothing"), "/proc", true).has_value());
    expect_refused(wsl.command("/bin/true"), HResult::not_supported, "needs '/proc'");
}

TEST_F(CommandHelper, NamesTheToolThatIsMissing) {
    wsl.replace_programs("shell_only");
    expect_refused(wsl.command("/bin/sh"), HResult::not_supported, "needs 'cat'");
    EXPECT_TRUE(wsl.command("/bin/sh").arg("-c").arg("echo raw").run_raw().has_value());
}

TEST_F(CommandHelper, NamesTheToolThatAnOptionNeeds) {
    wsl.replace_programs("shell_and_cat");
    EXPECT_EQ("plain\n", output_of(wsl.script("echo plain")).standard_output);
    expect_refused(
        wsl.command("/bin/sh").environment("A", "b"), HResult::not_supported, "needs 'env'");
    expect_refused(
        wsl.command("/bin/sh").clear_environment(), HResult::not_supported, "needs 'env'");
    expect_refused(wsl.command("/bin/sh").as_user("nobody"), HResult::not_supported, "needs 'id'");
    expect_refused(wsl.command("/bin/sh").arg0("name"), HResult::not_supported, "needs 'bash'");
}

TEST_F(CommandHelper, SaysThatThereIsNoShell) {
    wsl.replace_programs("no_shell");
    expect_refused(wsl.command("/bin/cat"),
                   HResult::fail,
                   "Starting the helper for '/bin/cat', /bin/sh, in the virtual machine of session "
                   "7 failed: Linux could not execute it; check that /bin/sh exists there");
    EXPECT_EQ("", wsl.command("/bin/cat").run_raw().value());
}

TEST_F(CommandHelper, WorksWhenBashIsTheShell) {
    wsl.replace_programs("bash");
    const auto output = output_of(wsl.script("echo \"$BASH_VERSION\"; echo err >&2; exit 3"));
    EXPECT_TRUE(output.standard_output.starts_with("5.")) << output.standard_output;
    EXPECT_EQ("err\n", output.standard_error);
    EXPECT_EQ(ExitStatus::exited(3), output.status);
    for (const int signal : {1, 6, 9, 11, 15, 34}) {
        const std::string number = std::to_string(signal);
        EXPECT_EQ(ExitStatus::killed(signal),
                  output_of(wsl.script("ulimit -c 0; kill -" + number + " $$")).status);
        EXPECT_EQ(ExitStatus::exited(128 + signal),
                  output_of(wsl.script("exit " + std::to_string(128 + signal))).status);
    }
    const auto ignored = output_of(wsl.command("/bin/grep").args({"SigIgn", "/proc/self/status"}));
    EXPECT_EQ("SigIgn:\t0000000000000000\n", ignored.standard_output);
    const auto open = output_of(wsl.command("/bin/ls").arg("/proc/self/fd"));
    EXPECT_EQ("0\n1\n2\n3\n", open.standard_output);  // 3 is the folder that ls reads
    EXPECT_EQ(ExitStatus::killed(2), output_of(wsl.script("kill -INT $$")).status);
    EXPECT_EQ(ExitStatus::killed(15), output_of(wsl.script("kill -TERM 0; sleep 9")).status);
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandHelper, TakesNoComplaintOfBashForASignal) {
    wsl.replace_programs("bash");
    wsl.launcher = {"/usr/bin/env", "LC_ALL=no_SUCH.UTF-8"};
    EXPECT_EQ(ExitStatus::exited(137), output_of(wsl.script("exit 137")).status);
    EXPECT_EQ(ExitStatus::killed(9), output_of(wsl.script("kill -9 $$")).status);
}

TEST_F(CommandHelper, CarriesEverythingThroughBashToo) {
    wsl.replace_programs("bash");
    std::mt19937 random = printed_random();
    const std::string bytes = random_bytes(random, 100'000);
    const auto output = output_of(wsl.command("/bin/printf")
                                      .args({"<%s>", "", "a\nb", bytes, ""})
                                      .environment("V", "v")
                                      .working_folder("/tmp"));
    EXPECT_TRUE("<><a\nb><" + bytes + "><>" == output.standard_output);
    EXPECT_TRUE(bytes == output_of(wsl.command("/bin/cat").input(bytes)).standard_output);
    EXPECT_EQ("", output_of(wsl.command("/bin/env").clear_environment()).standard_output);

    auto process = wsl.script("while :; do sleep 60; done").spawn().value();
    EXPECT_EQ(HResult::timeout,
              process.wait(std::chrono::steady_clock::now() + 50ms).error().code());
    process.cancel();
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandHelper, RefusesWhatCannotCrossBeforeAnythingRuns) {
    const std::string nul("a\0b", 3);
    struct Refused {
        Command command;
        std::string_view reason;
    };
    const auto command = [this] { return wsl.command("/bin/true"); };
    for (const Refused& refused :
         {Refused{command().arg(nul), "argument 1 contains a NUL"},
          Refused{command().arg0(nul), "argument 0 contains a NUL"},
          Refused{command().environment("A", nul), "a variable contains a NUL"},
          Refused{command().environment("", "x"), "name is empty or contains '='"},
          Refused{command().environment("A=B", "x"), "name is empty or contains '='"},
          Refused{command().working_folder("tmp"), "must be an absolute path"},
          Refused{command().working_folder("/" + nul), "the working folder contains a NUL"},
          Refused{command().as_user(""), "is no user's name"},
          Refused{command().as_user("-x"), "is no user's name"},
          Refused{command().as_user(nul), "the user's name contains a NUL"},
          Refused{wsl.command("/a=b").clear_environment(), "a path with '='"},
          Refused{wsl.command("true"), "must be absolute"},
          Refused{command().args(std::vector<std::string>(50'000)), "arguments are too many"}}) {
        const auto output = refused.command.run();
        ASSERT_FALSE(output.has_value()) << refused.reason;
        EXPECT_EQ(HResult::invalid_argument, output.error().code());
        EXPECT_TRUE(output.error().text().contains(refused.reason)) << output.error().text();
    }
    EXPECT_TRUE(wsl.calls.empty());
}

TEST_F(CommandHelper, RefusesToRunRawWhatOnlyTheHelperCan) {
    const auto command = [this] { return wsl.command("/bin/true"); };
    for (const Command& needy : {command().environment("A", "b"),
                                 command().clear_environment(),
                                 command().working_folder("/"),
                                 command().as_user("root"),
                                 command().input("x"),
                                 command().arg("")}) {
        EXPECT_EQ(HResult::invalid_argument, needy.run_raw().error().code());
        EXPECT_EQ(HResult::invalid_argument, needy.spawn_raw().error().code());
        EXPECT_EQ(HResult::invalid_argument, needy.prepare().value().run_raw().error().code());
    }
    EXPECT_TRUE(wsl.calls.empty());
}

}  // namespace
}  // namespace wslplugins::tests
