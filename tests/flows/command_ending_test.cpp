// SPDX-License-Identifier: MIT
// Whatever ends a command, nothing of it stays on the Linux side.
#include "flows/command_machine.hpp"

#include <array>

namespace wslplugins::tests {
namespace {
using namespace std::chrono_literals;

constexpr std::string_view stubborn =
    "trap '' HUP INT TERM; (trap '' TERM; sleep 60) & while :; do sleep 60; done";

class CommandEnding : public CommandFlow {};

TEST_F(CommandEnding, CancellingEndsTheProgramAndItsChildren) {
    auto process = wsl.script(stubborn).spawn().value();
    process.cancel();
    process.cancel();
    const auto status = process.wait();
    ASSERT_FALSE(status.has_value());
    EXPECT_EQ(HResult::aborted, status.error().code());
    std::array<char, 8> chunk;
    EXPECT_EQ(0u, process.read(chunk, std::chrono::steady_clock::now() + 10s).value());
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandEnding, DestroyingTheProcessEndsTheProgram) {
    {
        const auto process = wsl.script(stubborn).spawn().value();
    }
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandEnding, CancellingAfterTheEndLeavesTheStatusAndTheDaemon) {
    auto process = wsl.script("sleep 60 & until pidof sleep; do :; done; exit 4").spawn().value();
    EXPECT_EQ(ExitStatus::exited(4), process.wait().value());
    process.cancel();
    EXPECT_EQ(ExitStatus::exited(4), process.wait().value());
    EXPECT_TRUE(output_of(wsl.command("/bin/pidof").arg("sleep")).status.succeeded());
}

TEST_F(CommandEnding, TheTimeLimitEndsTheProgram) {
    const auto output = wsl.script(stubborn).time_limit(300ms).run();
    ASSERT_FALSE(output.has_value());
    EXPECT_EQ(HResult::timeout, output.error().code());
    EXPECT_EQ(
        "'/bin/sh' did not end within 300 ms, and was ended; raise `time_limit`, or use `spawn`",
        output.error().text());
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandEnding, TheOutputLimitEndsTheProgram) {
    for (const std::string_view endless : {"exec yes", "exec yes >&2"}) {
        const auto output = wsl.script(endless).output_limit(100'000).run();
        ASSERT_FALSE(output.has_value());
        EXPECT_EQ("0x8007006F (ERROR_BUFFER_OVERFLOW)", to_string(output.error().code()));
    }
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandEnding, TheOutputLimitCountsBothStreamsToTheByte) {
    Command command = wsl.script("printf 12345; printf 678 >&2");
    EXPECT_EQ("678", output_of(command.output_limit(8)).standard_error);
    EXPECT_FALSE(command.output_limit(7).run().has_value());
    EXPECT_EQ("", output_of(wsl.command("/bin/true").output_limit(0)).standard_output);
}

TEST_F(CommandEnding, WithoutALimitSetSixteenMebibytesAreAccepted) {
    const auto zeros = [&](std::string_view count) {
        return wsl.command("/usr/bin/head").args({"-c", count, "/dev/zero"});
    };
    EXPECT_EQ(std::size_t{16} * 1024 * 1024, output_of(zeros("16777216")).standard_output.size());
    for (const auto& refused : {zeros("16777217").run(), zeros("1G").run()}) {
        ASSERT_FALSE(refused.has_value());
        EXPECT_TRUE(refused.error().text().contains("the limit of 16777216 bytes, and was ended"))
            << refused.error().text();
    }
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandEnding, NoMomentToGiveUpLeavesAnythingBehind) {
    const auto prepared = wsl.script("cat; sleep 0.01; echo done");
    for (int milliseconds = 0; milliseconds < 40; ++milliseconds) {
        Command command = prepared;
        const auto output =
            command.input("x").time_limit(std::chrono::milliseconds(milliseconds)).run();
        if (!output) {
            EXPECT_EQ(HResult::timeout, output.error().code()) << output.error().to_string();
        }
    }
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandEnding, AFailureOfAnyCallOfWslLeavesNothingBehind) {
    for (int served = 0; served < 4; ++served) {
        wsl.answers_before_failure = served;
        const auto output = wsl.command("/bin/cat").input("x").run();
        wsl.answers_before_failure = -1;
        ASSERT_FALSE(output.has_value()) << served;
        EXPECT_EQ(HResult::fail, output.error().code());
        EXPECT_TRUE(output.error().text().contains("/bin/sh")) << output.error().text();
    }
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandEnding, AHelperThatIsKilledFromOutsideIsReported) {
    // The program ends its own group, and the helper with it, in the one way that cannot be caught.
    const auto output = wsl.script("kill -KILL 0").run();
    ASSERT_FALSE(output.has_value());
    EXPECT_EQ(HResult::aborted, output.error().code()) << output.error().to_string();
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandEnding, OutputThatIsCutOffIsNotTakenForTheWhole) {
    // The program ends the relays of its own output, as root may.
    const auto output =
        wsl.script(
               "echo a; sleep 0.1; for p in $(pidof cat); do kill -9 $p; done; sleep 0.1; exit 0")
            .run();
    ASSERT_FALSE(output.has_value());
    EXPECT_EQ(HResult::aborted, output.error().code()) << output.error().to_string();
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandEnding, NoFileIsEverWritten) {
    const auto list =
        wsl.command("/usr/bin/find").args({"/tmp", "/run", "/var", "/dev/shm", "/root"});
    const std::string before = list.run_raw().value();
    (void)output_of(wsl.script("cat").input("x"));
    (void)wsl.script(stubborn).time_limit(50ms).run();
    EXPECT_EQ(before, list.run_raw().value());
}

}  // namespace
}  // namespace wslplugins::tests
