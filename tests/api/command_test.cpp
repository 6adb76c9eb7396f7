// SPDX-License-Identifier: MIT
#include <wslplugins/api/api.hpp>

#include "support/raw_wsl.hpp"

#include <gtest/gtest.h>

#include <array>

namespace wslplugins {
namespace {
using namespace std::chrono_literals;
using tests::RawWsl;
using tests::SocketPair;

constexpr Guid id(abi::GUID{1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}});

void say(platform::Socket& program, std::string_view text) {
    ASSERT_TRUE(program.send_all(std::as_bytes(std::span(text))).has_value());
}

/// What the program can still read of its input, to its end.
std::string rest_of(platform::Socket& program) {
    std::string text;
    std::array<std::byte, 64> chunk;
    for (;;) {
        const std::size_t count = program.receive(chunk).value();
        if (count == 0) {
            return text;
        }
        text.append(reinterpret_cast<const char*>(chunk.data()), count);
    }
}

class CommandTest : public testing::Test {
protected:
    CommandTest() { wsl.stream = std::move(pair.plugin_end); }

    [[nodiscard]] Command command(std::string_view path = "/bin/cat") const {
        return Api(wsl.api()).command(SessionId(5), path);
    }

    SocketPair pair = SocketPair::open();
    RawWsl wsl{{2, 1, 2}};
};

TEST_F(CommandTest, PassesTheWholeArgumentListOn) {
    const std::vector<std::string> more{"c", "d e"};
    ASSERT_TRUE(command().arg("a").args({"b"}).args(more).spawn_raw().has_value());
    ASSERT_EQ(1u, wsl.executions.size());
    EXPECT_EQ(5u, wsl.executions[0].session);
    EXPECT_EQ("/bin/cat", wsl.executions[0].path);
    EXPECT_EQ((std::vector<std::string>{"/bin/cat", "a", "b", "c", "d e"}),
              wsl.executions[0].arguments);
    EXPECT_FALSE(wsl.executions[0].distribution.has_value());
}

TEST_F(CommandTest, RunsInADistributionUnderAnotherName) {
    ASSERT_TRUE(command().arg0("dog").in(id).spawn_raw().has_value());
    EXPECT_EQ(id, wsl.executions.at(0).distribution);
    EXPECT_EQ("/bin/cat", wsl.executions[0].path);
    EXPECT_EQ(std::vector<std::string>{"dog"}, wsl.executions[0].arguments);
}

TEST_F(CommandTest, ReturnsWhatTheProgramWroteToItsEnd) {
    say(pair.program_end, "Linux version\n");
    pair.program_end.close();
    EXPECT_EQ("Linux version\n", command().run_raw().value());
}

TEST_F(CommandTest, GivesAProgramThatItRunsNoInput) {
    std::thread program([&] {
        EXPECT_EQ("", rest_of(pair.program_end));
        say(pair.program_end, "done");
        pair.program_end.close();
    });
    EXPECT_EQ("done", command().run_raw().value());
    program.join();
}

TEST_F(CommandTest, EndsAtTheTimeLimitWhileTheProgramKeepsItsOutputOpen) {
    say(pair.program_end, "half");
    const auto output = command().time_limit(50ms).run_raw();
    ASSERT_FALSE(output.has_value());
    EXPECT_EQ(HResult::timeout, output.error().code());
    EXPECT_EQ("'/bin/cat' did not end its output within 50 ms; it may still run",
              output.error().text());
}

TEST_F(CommandTest, AcceptsOutputUpToTheLimitAndNotOneByteMore) {
    say(pair.program_end, "12345");
    pair.program_end.close();
    EXPECT_EQ("12345", command().output_limit(5).run_raw().value());

    SocketPair second = SocketPair::open();
    wsl.stream = std::move(second.plugin_end);
    say(second.program_end, "123456");
    second.program_end.close();
    const auto output = command().output_limit(5).run_raw();
    ASSERT_FALSE(output.has_value());
    EXPECT_EQ("'/bin/cat' wrote more than the limit of 5 bytes; it may still run: 0x8007006F "
              "(ERROR_BUFFER_OVERFLOW)",
              output.error().to_string());
}

TEST(Command, HasTheLimitsThatAreDocumented) {
    static_assert(Command::default_time_limit == 30s);
    static_assert(Command::default_output_limit == 16 * 1024 * 1024);
}

TEST_F(CommandTest, TakesALimitlessTimeForAVeryLongOne) {
    pair.program_end.close();
    EXPECT_TRUE(command().time_limit(std::chrono::milliseconds::max()).run_raw().has_value());
}

TEST_F(CommandTest, RefusesWhatWslWouldCutAndSaysWhy) {
    const std::string nul("a\0b", 3);
    struct Refused {
        Command command;
        std::string_view reason;
    };
    for (const Refused& refused : {Refused{command("cat"), "the path must be absolute"},
                                   Refused{command(""), "the path must be absolute"},
                                   Refused{command("/bin/c" + nul), "the path contains a NUL"},
                                   Refused{command().arg("x").arg(""), "argument 2 is empty"},
                                   Refused{command().arg(nul), "argument 1 contains a NUL"},
                                   Refused{command().arg0(""), "argument 0 is empty"}}) {
        const auto output = refused.command.run_raw();
        ASSERT_FALSE(output.has_value());
        EXPECT_EQ(HResult::invalid_argument, output.error().code());
        EXPECT_NE(std::string::npos, output.error().text().find(refused.reason))
            << output.error().text();
    }
    EXPECT_TRUE(wsl.executions.empty());
}

TEST(Command, InADistributionNeedsAVersionThatHasTheCall) {
    const RawWsl old({2, 1, 1});
    const auto output = Api(old.api()).command(SessionId(0), "/bin/cat").in(id).run_raw();
    ASSERT_FALSE(output.has_value());
    EXPECT_EQ(HResult::plugin_requires_update, output.error().code());
    EXPECT_NE(std::string::npos, output.error().text().find("2.1.2"));
}

TEST_F(CommandTest, SaysWhereAProgramDidNotStartAndWhy) {
    wsl.answer = HResult::fail;
    EXPECT_EQ(
        "Starting '/bin/cat' in the virtual machine of session 5 failed: Linux refused it, and "
        "WSL passes on no reason; check that the path exists and is of the right kind: "
        "0x80004005 (E_FAIL)",
        command().run_raw().error().to_string());
    wsl.answer = HResult::distribution_not_running;
    EXPECT_EQ("Starting '/bin/cat' in distribution {00000001-0002-0003-0405-060708090a0b} failed: "
              "the distribution is not running",
              command().in(id).spawn_raw().error().text());
}

TEST_F(CommandTest, RunsTheHelperForWhatWslDoesNotHandOut) {
    wsl.answer = HResult::fail;
    const auto output = command().arg("x").run();
    ASSERT_FALSE(output.has_value());
    EXPECT_EQ(HResult::fail, output.error().code());
    EXPECT_TRUE(output.error().text().starts_with(
        "Starting the helper for '/bin/cat', /bin/sh, in the virtual machine of session 5 failed"))
        << output.error().text();
    ASSERT_EQ(1u, wsl.executions.size());
    EXPECT_EQ("/bin/sh", wsl.executions[0].path);
    EXPECT_EQ("x", wsl.executions[0].arguments.back());
}

TEST_F(CommandTest, FailsWhenTheHelperEndsOrTalksNonsense) {
    pair.program_end.close();
    wsl.answer = HResult::ok;
    EXPECT_FALSE(command().run().has_value());
    for (const std::string_view nonsense : {"no sense\n", "started\n", "\n"}) {
        SocketPair other = SocketPair::open();
        wsl.stream = std::move(other.plugin_end);
        say(other.program_end, nonsense);
        const auto output = command().time_limit(5s).run();
        EXPECT_FALSE(output.has_value()) << nonsense;
    }
}

TEST_F(CommandTest, GivesUpOnAHelperThatSaysNothing) {
    const auto output = command().time_limit(50ms).run();
    ASSERT_FALSE(output.has_value());
    EXPECT_EQ(HResult::timeout, output.error().code());
}

TEST(Command, ShowsWhatItHoldsAndTakesItBack) {
    const RawWsl wsl({2, 9, 5});
    Command command = Api(wsl.api()).command(SessionId(5), "/bin/cat");
    EXPECT_EQ("/bin/cat", command.path());
    EXPECT_EQ("/bin/cat", command.arg0());
    EXPECT_FALSE(command.has_own_arg0());
    EXPECT_EQ(SessionId(5), command.session());

    command.args({"a", "b", "c"}).truncate_args(5).truncate_args(2);
    EXPECT_EQ((std::vector<std::string>{"a", "b"}), command.arguments());
    command.clear_args();
    EXPECT_TRUE(command.arguments().empty());

    command.arg0("dog").in(id);
    const Command copy = command;
    command.reset_arg0().in(DistributionTarget::root_namespace());
    EXPECT_EQ("dog", copy.arg0());
    EXPECT_TRUE(copy.has_own_arg0());
    EXPECT_EQ(DistributionTarget(id), copy.target());
    EXPECT_EQ("/bin/cat", command.arg0());
    EXPECT_TRUE(command.target().is_root_namespace());
}

TEST_F(CommandTest, TalksWithAProgramThatItSpawned) {
    auto process = command().spawn_raw().value();
    ASSERT_TRUE(process.write("in").has_value());
    ASSERT_TRUE(process.close_stdin().has_value());
    EXPECT_EQ("in", rest_of(pair.program_end));

    std::array<char, 8> chunk;
    const auto early = process.read(chunk, std::chrono::steady_clock::now() + 10ms);
    ASSERT_FALSE(early.has_value());
    EXPECT_EQ(HResult::timeout, early.error().code());
    say(pair.program_end, "out");
    EXPECT_EQ(3u, process.read(chunk).value());
    EXPECT_EQ("out", std::string_view(chunk.data(), 3));
    pair.program_end.close();
    EXPECT_EQ(0u, process.read(chunk).value());
}

TEST_F(CommandTest, ClosesTheConnectionWithTheProcess) {
    {
        auto process = command().spawn_raw().value();
        const RawProcess moved = std::move(process);
    }
    EXPECT_EQ("", rest_of(pair.program_end));
}

}  // namespace
}  // namespace wslplugins
