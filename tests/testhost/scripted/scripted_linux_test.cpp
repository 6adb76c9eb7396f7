// SPDX-License-Identifier: MIT
#include "testhost/commanding_plugin.hpp"

#include <gmock/gmock.h>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::size_t mebibyte = std::size_t{1024} * 1024;

TEST(ScriptedLinux, AnswersByPathAndArguments) {
    CommandingTest commanding;
    auto& linux_side = commanding.test.linux_side();
    linux_side.answer("/bin/cat", {.output = "any"});
    linux_side.answer("/bin/cat", {"/etc/os-release", ""}, {.output = "not this"});
    linux_side.answer("/bin/cat", {"/etc/os-release"}, {.output = "this"});
    commanding.start_vm([](const Api& api, const Session& session) {
        EXPECT_EQ("this", api.command(session, "/bin/cat").arg("/etc/os-release").run_raw());
        EXPECT_EQ("any", api.command(session, "/bin/cat").arg("/etc/issue").run_raw());
        EXPECT_EQ("any", api.command(session, "/bin/cat").run_raw());
    });
    commanding.test.expect_calls({"ExecuteBinary", "ExecuteBinary", "ExecuteBinary"});
}

TEST(ScriptedLinux, AnswersByDistributionAndUser) {
    CommandingTest commanding;
    auto& linux_side = commanding.test.linux_side();
    const Guid other = Guid::parse("00000001-0000-0000-0000-00000000000a").value();
    linux_side.answer("/bin/id", {.output = "any"});
    linux_side.answer_for({.path = "/bin/id", .user = "nobody"}, {.output = "nobody"});
    linux_side.answer_for({.path = "/bin/id", .distribution = other}, {.output = "elsewhere"});
    linux_side.answer_for({.path = "/bin/id", .arguments = {{"-u"}}, .user = ""},
                          {.output = "root"});
    commanding.start_vm([](const Api& api, const Session& session) {
        const auto output_of = [](Command command) {
            return command.run().value().standard_output;
        };
        EXPECT_EQ("any", output_of(api.command(session, "/bin/id")));
        EXPECT_EQ("root", output_of(api.command(session, "/bin/id").arg("-u")));
        EXPECT_EQ("nobody", output_of(api.command(session, "/bin/id").as_user("nobody")));
        EXPECT_EQ("nobody", output_of(api.command(session, "/bin/id").arg("-u").as_user("nobody")));
    });
}

TEST(ScriptedLinux, GivesARunItsStreamsAndItsStatus) {
    CommandingTest commanding;
    auto& linux_side = commanding.test.linux_side();
    linux_side.answer("/bin/fails", {.output = "out", .exit_code = 3, .error_output = "err"});
    linux_side.answer("/bin/killed", {.signal = 9});
    linux_side.answer("/bin/missing", {.is_executable = false});
    commanding.start_vm([](const Api& api, const Session& session) {
        const auto failed = api.command(session, "/bin/fails").run();
        ASSERT_TRUE(failed) << failed.error().to_string();
        EXPECT_EQ("out", failed->standard_output);
        EXPECT_EQ("err", failed->standard_error);
        EXPECT_EQ(ExitStatus::exited(3), failed->status);
        EXPECT_EQ(ExitStatus::killed(9), api.command(session, "/bin/killed").run().value().status);
        EXPECT_EQ(HResult::file_not_found,
                  api.command(session, "/bin/missing").run().error().code());
        EXPECT_EQ(HResult::fail, api.command(session, "/bin/missing").run_raw().error().code());
    });
}

TEST(ScriptedLinux, ShowsARunAsTheProgramThatItRuns) {
    CommandingTest commanding;
    commanding.test.linux_side().answer("/bin/x", {});
    commanding.start_vm([](const Api& api, const Session& session) {
        auto command = api.command(session, "/bin/x");
        command.args({"a b", "", "${1}", "--"}).environment("A", "1 2").arg0("y");
        EXPECT_TRUE(command.working_folder("/tmp").as_user("nobody").run());
    });
    const auto programs = commanding.test.linux_side().programs();
    ASSERT_EQ(2u, programs.size()) << "the plugin's, then the user's";
    EXPECT_EQ("/bin/x", programs[0].path);
    EXPECT_THAT(programs[0].arguments, ElementsAre("a b", "", "${1}", "--"));
    EXPECT_THAT(programs[0].environment, ElementsAre("A=1 2"));
    EXPECT_EQ("/tmp", programs[0].working_folder);
    EXPECT_EQ("nobody", programs[0].user);
    EXPECT_FALSE(programs[0].distribution);
}

TEST(ScriptedLinux, ComputesAnAnswerFromWhatThePluginWrote) {
    CommandingTest commanding;
    commanding.test.linux_side().compute("/bin/rev", [](const ScriptedProgram& program) {
        return ScriptedAnswer{.output = std::string(program.input.rbegin(), program.input.rend())};
    });
    commanding.start_vm([](const Api& api, const Session& session) {
        EXPECT_EQ("cba",
                  api.command(session, "/bin/rev").input("abc").run().value().standard_output);
        EXPECT_EQ("", api.command(session, "/bin/rev").run().value().standard_output);
        auto process = api.command(session, "/bin/rev").spawn_raw();
        ASSERT_TRUE(process);
        EXPECT_TRUE(process->write("xyz"));
        EXPECT_TRUE(process->close_stdin());
        std::array<char, 8> chunk{};
        EXPECT_EQ(3u, process->read(chunk));
        EXPECT_STREQ("zyx", chunk.data());
    });
    EXPECT_EQ("abc", commanding.test.linux_side().programs().at(0).input);
}

TEST(ScriptedLinux, FailsWithAReasonWhatNobodyHasAnswered) {
    CommandingTest commanding;
    commanding.start_vm([](const Api& api, const Session& session) {
        EXPECT_EQ(HResult::fail,
                  api.command(session, "/bin/cat").arg("/x").run_raw().error().code());
        EXPECT_EQ(HResult::fail, api.command(session, "/bin/cat").run().error().code());
    });
    commanding.test.stop();
    EXPECT_THAT(to_table(commanding.test.journal()),
                HasSubstr("Nothing was answered for '/bin/cat' with the arguments [\"/x\"]"));
}

TEST(ScriptedLinux, CarriesMuchInAndMuchOutAtOnce) {
    CommandingTest commanding;
    const std::string much(8 * mebibyte, 'o');
    const std::string input(4 * mebibyte, 'i');
    commanding.test.linux_side().answer("/bin/big", {.output = much});
    commanding.test.linux_side().compute("/bin/echo", [](const ScriptedProgram& program) {
        return ScriptedAnswer{.output = program.input};
    });
    commanding.start_vm([&](const Api& api, const Session& session) {
        EXPECT_EQ(much, api.command(session, "/bin/big").run_raw().value_or(""));
        const auto ran = api.command(session, "/bin/big").input(input).run();
        ASSERT_TRUE(ran) << ran.error().to_string();
        EXPECT_EQ(much, ran->standard_output);
        EXPECT_EQ(input,
                  api.command(session, "/bin/echo").input(input).run().value().standard_output);
        auto process = api.command(session, "/bin/big").spawn_raw();
        ASSERT_TRUE(process);
        EXPECT_TRUE(process->write(input)) << "though nothing of the output has been read";
    });
}

TEST(ScriptedLinux, LetsAPluginLeaveAProgramAtAnyPoint) {
    CommandingTest commanding;
    commanding.test.linux_side().answer("/bin/big", {.output = std::string(4 * mebibyte, 'o')});
    commanding.test.linux_side().compute(
        "/bin/waits", [](const ScriptedProgram&) { return ScriptedAnswer{.output = "late"}; });
    commanding.start_vm([](const Api& api, const Session& session) {
        EXPECT_TRUE(api.command(session, "/bin/big").spawn_raw());
        EXPECT_TRUE(api.command(session, "/bin/big").spawn());
        EXPECT_TRUE(api.command(session, "/bin/waits").spawn_raw());
        EXPECT_TRUE(api.command(session, "/bin/waits").spawn());
    });
}

TEST(ScriptedLinux, EndsWhatStillRunsWithItsMachine) {
    CommandingTest commanding;
    commanding.test.linux_side().compute(
        "/bin/waits", [](const ScriptedProgram&) { return ScriptedAnswer{.output = "late"}; });
    std::optional<RawProcess> kept;
    commanding.start_vm([&](const Api& api, const Session& session) {
        auto process = api.command(session, "/bin/waits").spawn_raw();
        ASSERT_TRUE(process);
        kept.emplace(std::move(*process));
    });
    commanding.test.expect_success(commanding.test.user().shutdown());
    std::array<char, 8> chunk{};
    const auto count = kept->read(chunk);
    EXPECT_TRUE(!count || *count == 0);
}

TEST(ScriptedLinux, RecordsMountsAndLacksFolders) {
    CommandingTest commanding;
    commanding.test.linux_side().lack_folder("c:\\MISSING");
    commanding.start_vm([](const Api& api, const Session& session) {
        EXPECT_TRUE(
            api.mount_folder(session, {"C:\\Tools", "/tools", FolderAccess::ReadOnly, "t"}));
        const auto missing =
            api.mount_folder(session, {"C:\\Missing", "/m", FolderAccess::ReadWrite, "m"});
        EXPECT_EQ(HResult::file_not_found, missing.error().code());
    });
    EXPECT_THAT(commanding.test.linux_side().mounts(),
                ElementsAre(ScriptedMount{"C:\\Tools", "/tools", true}));
}

TEST(ScriptedLinux, GivesEachStartOfADistributionNumbersOfItsOwn) {
    std::vector<std::vector<std::uint64_t>> runs;
    for (int run = 0; run < 2; ++run) {
        CommandingTest commanding;
        auto& numbers = runs.emplace_back();
        CommandingPlugin::when_distribution_starts =
            [&](const Api&, const Session&, const Distribution& distribution) {
                numbers.push_back(distribution.pid_namespace());
                numbers.push_back(distribution.init_pid().value());
            };
        for (int start = 0; start < 3; ++start) {
            commanding.test.expect_success(commanding.test.user().launch("", {}));
            commanding.test.expect_success(commanding.test.user().terminate("Debian"));
        }
        EXPECT_EQ(6u, std::set<std::uint64_t>(numbers.begin(), numbers.end()).size());
    }
    EXPECT_EQ(runs[0], runs[1]) << "the same in every run";
}

TEST(ScriptedLinux, GivesADistributionTheReleaseThatTheTestSays) {
    CommandingTest commanding;
    constexpr char id[] = "00000001-0000-0000-0000-00000000000a";
    DistributionOptions ubuntu{"Ubuntu", Guid::parse(id).value(), {}};
    ubuntu.flavor = "ubuntu";
    ubuntu.os_version = "24.04";
    commanding.test.options().distributions = {ubuntu};
    CommandingPlugin::when_distribution_starts =
        [](const Api& api, const Session& session, const Distribution& distribution) {
            EXPECT_EQ("ubuntu", distribution.flavor().value());
            EXPECT_EQ("24.04", distribution.version().value());
            EXPECT_EQ("here", api.command(session, "/bin/where").in(distribution.id()).run_raw());
        };
    commanding.test.linux_side().compute("/bin/where", [&](const ScriptedProgram& program) {
        return ScriptedAnswer{.output = program.distribution == ubuntu.id ? "here" : "elsewhere"};
    });
    commanding.test.expect_success(commanding.test.user().launch("ubuntu", {}));
}

TEST(ScriptedLinux, AnswersTheUsersCommand) {
    CommandingTest commanding;
    auto& linux_side = commanding.test.linux_side();
    const std::string much(mebibyte, 'o');
    linux_side.answer("uname", {"-a"}, {.output = "Linux\n", .exit_code = 4});
    linux_side.answer("much", {.output = much});
    linux_side.answer("killed", {.signal = 15});
    linux_side.answer("missing", {.is_executable = false});
    linux_side.compute("computed", [](const ScriptedProgram& program) {
        return ScriptedAnswer{.output = program.arguments.at(0), .exit_code = 5};
    });
    const User user = commanding.test.user();
    const UserOutput uname = user.launch("", {"uname", "-a"});
    EXPECT_EQ("Linux\n", uname.text);
    EXPECT_EQ(4, uname.exit_code);
    EXPECT_EQ(much, user.launch("", {"much"}).text);
    EXPECT_EQ(128 + 15, user.launch("", {"killed"}).exit_code);
    EXPECT_EQ(127, user.launch("", {"missing"}).exit_code);
    EXPECT_EQ("x", user.launch("", {"computed", "x"}).text);
    EXPECT_EQ(0, user.launch("", {"nobody", "answered"}).exit_code);
}

}  // namespace
}  // namespace wslplugins::testhost
