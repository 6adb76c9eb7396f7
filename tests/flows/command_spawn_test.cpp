// SPDX-License-Identifier: MIT
// A spawned program's channels.
#include "flows/command_machine.hpp"

#include <array>

namespace wslplugins::tests {
namespace {
using namespace std::chrono_literals;

Deadline in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

/// Reads to the end of the program's output.
std::string rest_of(Process& process) {
    std::string text;
    std::array<char, 4096> chunk;
    for (;;) {
        const auto count = process.read(chunk, in(30s));
        if (!count) {
            return text + " [" + count.error().to_string() + ']';
        }
        if (*count == 0) {
            return text;
        }
        text.append(chunk.data(), *count);
    }
}

class CommandSpawn : public CommandFlow {};

TEST_F(CommandSpawn, TalksAndEndsInOrder) {
    auto process = wsl.script("read line; echo \"got $line\"; cat; exit 6").spawn().value();
    ASSERT_TRUE(process.write("one\n", in(10s)).has_value());
    std::array<char, 64> chunk;
    const auto count = process.read(chunk, in(10s));
    ASSERT_TRUE(count.has_value());
    EXPECT_EQ("got one\n", std::string_view(chunk.data(), *count));
    ASSERT_TRUE(process.write("two").has_value());
    ASSERT_TRUE(process.close_stdin().has_value());
    ASSERT_TRUE(process.close_stdin().has_value());
    EXPECT_EQ("two", rest_of(process));
    EXPECT_EQ(ExitStatus::exited(6), process.wait(in(10s)).value());
    EXPECT_EQ(ExitStatus::exited(6), process.wait().value()) << "asked again";
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandSpawn, ShowsTheEndOfTheOutputWhileTheProgramRuns) {
    auto process = wsl.script("echo a; exec >&-; read line; exit 7").spawn().value();
    EXPECT_EQ("a\n", rest_of(process));
    EXPECT_EQ(HResult::timeout, process.wait(in(20ms)).error().code());
    ASSERT_TRUE(process.write("go on\n").has_value());
    EXPECT_EQ(ExitStatus::exited(7), process.wait(in(10s)).value());
}

TEST_F(CommandSpawn, FailsToWriteToAProgramThatHasClosedItsInput) {
    auto process = wsl.script("exec <&-; echo closed; sleep 60").spawn().value();
    std::array<char, 64> chunk;
    ASSERT_TRUE(process.read(chunk, in(10s)).has_value());
    const auto written = process.write(std::string(std::size_t{16} * 1024 * 1024, 'x'), in(20s));
    ASSERT_FALSE(written.has_value());
    EXPECT_NE(HResult::timeout, written.error().code()) << written.error().to_string();
}

TEST_F(CommandSpawn, KeepsTheDeadlineOfAWriteThatNobodyReads) {
    auto process = wsl.command("/bin/sleep").arg("60").spawn().value();
    const auto written = process.write(std::string(std::size_t{64} * 1024 * 1024, 'x'), in(300ms));
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(HResult::timeout, written.error().code());
}

TEST_F(CommandSpawn, CarriesTenMebibytesEachWayAtOnce) {
    std::mt19937 random = printed_random();
    const std::string bytes = random_bytes(random, std::size_t{10} * 1024 * 1024);
    auto process = wsl.command("/bin/cat").spawn().value();
    std::thread writer([&] {
        EXPECT_TRUE(process.write(bytes).has_value());
        EXPECT_TRUE(process.close_stdin().has_value());
    });
    const std::string back = rest_of(process);
    writer.join();
    EXPECT_TRUE(bytes == back);
    EXPECT_EQ(ExitStatus::exited(0), process.wait(in(10s)).value());
}

TEST_F(CommandSpawn, WaitsForAProgramWhoseOutputNobodyReads) {
    auto process = wsl.script("echo unread; exit 8").spawn().value();
    EXPECT_EQ(ExitStatus::exited(8), process.wait(in(10s)).value());
    EXPECT_EQ("unread\n", rest_of(process));
}

TEST_F(CommandSpawn, SendsStandardErrorToTheKernelLog) {
    auto process = wsl.script("echo for the log >&2").spawn().value();
    ASSERT_TRUE(process.wait(in(10s)).has_value());
    EXPECT_TRUE(wsl.machine().take_kernel_log().value().contains("for the log\n"));
}

TEST_F(CommandSpawn, RefusesInputThatItWouldNotWrite) {
    const auto process = wsl.command("/bin/cat").input("x").spawn();
    ASSERT_FALSE(process.has_value());
    EXPECT_EQ(HResult::invalid_argument, process.error().code());
    EXPECT_TRUE(wsl.calls.empty());
}

TEST_F(CommandSpawn, StaysRawWithoutTheHelper) {
    auto process = wsl.command("/bin/cat").spawn_raw().value();
    EXPECT_EQ((std::vector<std::vector<std::string>>{{"/bin/cat"}}), wsl.calls);
    ASSERT_TRUE(process.write("raw", in(10s)).has_value());
    ASSERT_TRUE(process.close_stdin().has_value());
    std::array<char, 8> chunk;
    EXPECT_EQ(3u, process.read(chunk).value());
    EXPECT_EQ(0u, process.read(chunk).value());
    EXPECT_EQ("/bin/cat", wsl.calls.at(0).at(0));
    EXPECT_EQ("raw output\n", wsl.script("echo raw output").run_raw().value());
}

}  // namespace
}  // namespace wslplugins::tests
