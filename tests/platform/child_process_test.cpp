// SPDX-License-Identifier: MIT
#include "platform/child_process.hpp"

#include "platform/paths.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>

namespace wslplugins::platform {
namespace {

#if defined(_WIN32)
std::vector<std::string> shell(const std::string& script) {
    return {"cmd.exe", "/c", script};
}
constexpr const char* both_streams = "echo out& echo err>&2& exit 7";
#else
std::vector<std::string> shell(const std::string& script) {
    return {"sh", "-c", script};
}
constexpr const char* both_streams = "echo out; echo err >&2; exit 7";
#endif

TEST(ChildProcess, GivesBothStreamsAndTheExitCode) {
    const auto outcome = run_program(shell(both_streams));
    ASSERT_TRUE(outcome) << outcome.error().to_string();
    EXPECT_EQ(outcome->exit_code, 7);
    EXPECT_NE(outcome->output.find("out"), std::string::npos);
    EXPECT_NE(outcome->output.find("err"), std::string::npos);
}

TEST(ChildProcess, SaysThatThereIsNoSuchProgram) {
    const auto outcome = run_program({"wslplugins-no-such-program"});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code(), HResult::file_not_found);
    EXPECT_NE(outcome.error().text().find("wslplugins-no-such-program"), std::string::npos);
    EXPECT_EQ(run_program({}).error().code(), HResult::invalid_argument);
}

#if !defined(_WIN32)
TEST(ChildProcess, PassesArgumentsByteForByte) {
    const auto outcome =
        run_program({"printf", "%s|", "a b", "", "\"q\"", "back\\slash\\", "$HOME", "caf\xC3\xA9"});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->output, "a b||\"q\"|back\\slash\\|$HOME|caf\xC3\xA9|");
}

TEST(ChildProcess, HasNothingOnItsInputAndReportsASignal) {
    EXPECT_EQ(run_program({"cat"})->output, "");
    EXPECT_EQ(run_program(shell("kill -TERM $$"))->exit_code, 128 + 15);
}

TEST(ChildProcess, TakesMoreOutputThanAPipeHolds) {
    const auto outcome = run_program(shell("seq 200000"));
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(outcome->output.ends_with("\n200000\n"));
}
#endif

TEST(ChildProcess, TalksToANativeProgramOverItsStandardStreams) {
#if defined(_WIN32)
    if (!is_wine()) {
        const auto refused = start_native_program("/bin/sh");
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code(), HResult::not_supported);
        return;
    }
#endif
    ASSERT_TRUE(start_sockets());
    // A shell waits for its input, also where its standard input is one that does not block.
    auto stream = start_native_program("/bin/sh");
    ASSERT_TRUE(stream) << stream.error().to_string();
    const std::string command = "printf 'there and back'\n";
    ASSERT_TRUE(stream->send_all(std::as_bytes(std::span(command))));
    const std::string text = "there and back";
    std::string answer(text.size(), '\0');
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    ASSERT_TRUE(stream->receive_exactly(std::as_writable_bytes(std::span(answer)), deadline));
    EXPECT_EQ(answer, text);
    // It ends when its input ends, and the connection with it.
    ASSERT_TRUE(stream->shutdown_send());
    std::array<std::byte, 8> rest{};
    const auto end = stream->receive(rest, deadline);
    ASSERT_TRUE(end) << end.error().to_string();
    EXPECT_EQ(*end, 0u);
}

TEST(ChildProcess, FailsForANativeProgramThatIsMissing) {
    ASSERT_TRUE(start_sockets());
    for (const char* const path : {"/no/such/program", ""}) {
        const auto stream = start_native_program(path);
        EXPECT_FALSE(stream) << path;
    }
}

}  // namespace
}  // namespace wslplugins::platform
