// SPDX-License-Identifier: MIT
#include <wslplugins/api/api.hpp>

#include "support/raw_wslc.hpp"

#include <gtest/gtest.h>

#include <future>

namespace wslplugins {
namespace {
using namespace std::chrono_literals;
using tests::RawWslc;

std::chrono::steady_clock::time_point in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

void say(platform::Socket& program, std::string_view text) {
    ASSERT_TRUE(program.send_all(std::as_bytes(std::span(text))).has_value());
}

/// What the program can still read of its input, to its end.
std::string rest_of(platform::Socket& program) {
    std::string text;
    std::array<std::byte, 64> chunk;
    for (;;) {
        const std::size_t count = program.receive(chunk, in(10s)).value();
        if (count == 0) {
            return text;
        }
        text.append(reinterpret_cast<const char*>(chunk.data()), count);
    }
}

std::string read(WslcOutput& output) {
    std::array<char, 64> chunk;
    return {chunk.data(), output.read(chunk, in(10s)).value()};
}

/// Runs on a thread of its own and waits for it.
template <class Work>
auto elsewhere(Work work) {
    return std::async(std::launch::async, std::move(work)).get();
}

class WslcProcessTest : public testing::Test {
protected:
    [[nodiscard]] WslcProcess spawn() const {
        return Api(wsl.api()).command(WslcSessionId(5), "/bin/cat").spawn().value();
    }

    RawWslc wsl{{2, 9, 5}};
};

TEST_F(WslcProcessTest, TalksThroughItsThreeStreams) {
    auto process = spawn();
    auto input = process.take_stdin().value();
    auto output = process.take_stdout().value();
    auto error = process.take_stderr().value();
    ASSERT_TRUE(input.write("in").has_value());
    input.close();
    input.close();
    EXPECT_EQ("in", rest_of(wsl.program().standard_input()));
    say(wsl.program().standard_error(), "err");
    say(wsl.program().standard_output(), "out");
    EXPECT_EQ("out", read(output));
    EXPECT_EQ("err", read(error));
    wsl.program().end(0);
    EXPECT_EQ("", read(output));
    EXPECT_EQ("", read(error));
}

TEST_F(WslcProcessTest, HandsEachStreamOutOnce) {
    auto process = spawn();
    {
        const auto input = process.take_stdin();
        const auto output = process.take_stdout();
        const auto error = process.take_stderr();
        ASSERT_TRUE(input && output && error);
        EXPECT_NE(input->raw(), output->raw());
    }
    const Error again = process.take_stdin().error();
    EXPECT_EQ("Taking the standard input of '/bin/cat' failed: WSL hands it out once, and it was "
              "taken already: 0x8007139F (ERROR_INVALID_STATE)",
              again.to_string());
    EXPECT_EQ(HResult::invalid_state, process.take_stdout().error().code());
    EXPECT_EQ(HResult::invalid_state, process.take_stderr().error().code());
}

TEST_F(WslcProcessTest, KeepsReadingAndWritingWithinTheirDeadlines) {
    auto process = spawn();
    auto output = process.take_stdout().value();
    auto input = process.take_stdin().value();
    std::array<char, 8> chunk;
    EXPECT_EQ(HResult::timeout, output.read(chunk, in(10ms)).error().code());
    const std::string more_than_fits(std::size_t{64} * 1024 * 1024, 'x');
    EXPECT_EQ(HResult::timeout, input.write(more_than_fits, in(50ms)).error().code());
    say(wsl.program().standard_output(), "late");
    EXPECT_EQ("late", read(output));
}

TEST_F(WslcProcessTest, SaysThatAStreamIsClosed) {
    auto process = spawn();
    auto output = process.take_stdout().value();
    auto input = process.take_stdin().value();
    output.close();
    output.close();
    input.close();
    std::array<char, 8> chunk;
    EXPECT_EQ(HResult::invalid_state, output.read(chunk).error().code());
    EXPECT_EQ(HResult::invalid_state, input.write("x").error().code());
}

TEST_F(WslcProcessTest, FailsToWriteToAProgramThatHasGone) {
    auto process = spawn();
    auto input = process.take_stdin().value();
    wsl.program().end(0);
    const std::string much(std::size_t{16} * 1024 * 1024, 'x');
    EXPECT_FALSE(input.write(much, in(10s)).has_value());
}

TEST_F(WslcProcessTest, HasNoExitStatusWhileItRuns) {
    const auto process = spawn();
    EXPECT_EQ("Asking for the exit code of '/bin/cat' failed: the program still runs: 0x8007139F "
              "(ERROR_INVALID_STATE)",
              process.exit_status().error().to_string());
    const auto waited = process.wait(in(20ms));
    ASSERT_FALSE(waited.has_value());
    EXPECT_EQ("'/bin/cat' did not end before the deadline; it still runs: 0x800705B4 "
              "(ERROR_TIMEOUT)",
              waited.error().to_string());
}

TEST_F(WslcProcessTest, TellsASignalFromAnExitCode) {
    const struct {
        int number;
        ExitStatus status;
    } ends[] = {
        {0, ExitStatus::exited(0)},
        {1, ExitStatus::exited(1)},
        {128, ExitStatus::exited(128)},
        {129, ExitStatus::killed(1)},
        {137, ExitStatus::killed(9)},
        {192, ExitStatus::killed(64)},
        {193, ExitStatus::exited(193)},
        {255, ExitStatus::exited(255)},
    };
    for (const auto& [number, status] : ends) {
        const auto process = spawn();
        wsl.program().end(number);
        EXPECT_EQ(status, process.wait().value()) << number;
        EXPECT_EQ(status, process.exit_status().value()) << number;
    }
}

TEST_F(WslcProcessTest, LetsAnotherThreadWaitForItsEnd) {
    const auto process = spawn();
    auto event = process.exit_event().value();
    const auto second = process.exit_event().value();
    EXPECT_NE(event.raw(), second.raw());
    std::thread waiting([&event] { EXPECT_TRUE(event.wait().has_value()); });
    wsl.program().end(3);
    waiting.join();
    EXPECT_TRUE(second.wait(in(0ms)).has_value());
    EXPECT_EQ(ExitStatus::exited(3), process.exit_status().value());
}

TEST_F(WslcProcessTest, RefusesEveryOtherThreadBeforeItAsksWsl) {
    auto process = spawn();
    wsl.program().end(0);
    elsewhere([&] {
        for (const Error& error : {process.take_stdin().error(),
                                   process.take_stdout().error(),
                                   process.take_stderr().error(),
                                   process.exit_event().error(),
                                   process.exit_status().error(),
                                   process.wait().error()}) {
            EXPECT_EQ(HResult::wrong_thread, error.code());
            EXPECT_TRUE(error.text().contains("the thread that started it, and this is another"))
                << error.text();
        }
        return 0;
    });
    EXPECT_TRUE(process.take_stdin().has_value());
    EXPECT_TRUE(process.wait().has_value());
}

TEST_F(WslcProcessTest, LetsAnotherThreadUseAStream) {
    auto process = spawn();
    auto input = process.take_stdin().value();
    elsewhere([&] {
        EXPECT_TRUE(input.write("from elsewhere").has_value());
        input.close();
        return 0;
    });
    EXPECT_EQ("from elsewhere", rest_of(wsl.program().standard_input()));
}

TEST_F(WslcProcessTest, IsReleasedWhenTheLastOfItIsGone) {
    std::optional<WslcProcess> process(spawn());
    std::optional<WslcOutput> output(process->take_stdout().value());
    std::optional<WslcExitEvent> event(process->exit_event().value());
    const WslcProcess moved = std::move(*process);
    process.reset();
    EXPECT_FALSE(wsl.program().is_released);
    {
        const WslcProcess last = spawn();
        EXPECT_FALSE(wsl.program().is_released);
    }
    EXPECT_TRUE(wsl.program().is_released);

    std::optional<WslcProcess> first(spawn());
    output = first->take_stdout().value();
    event = first->exit_event().value();
    first.reset();
    EXPECT_FALSE(wsl.program().is_released);
    say(wsl.program().standard_output(), "still open");
    EXPECT_EQ("still open", read(*output));
    output.reset();
    EXPECT_FALSE(wsl.program().is_released);
    event.reset();
    EXPECT_TRUE(wsl.program().is_released);
}

TEST_F(WslcProcessTest, IsLeftToWslWhenTheLastOfItGoesElsewhere) {
    std::optional<WslcOutput> output;
    {
        auto process = spawn();
        output = process.take_stdout().value();
    }
    elsewhere([&] {
        output.reset();
        return 0;
    });
    EXPECT_FALSE(wsl.program().is_released);
}

TEST_F(WslcProcessTest, PassesOnWhatWslAnswers) {
    auto process = spawn();
    for (const HResult code : {HResult::wrong_thread, HResult::from_bits(0x800706BAu)}) {
        wsl.answer = code;
        EXPECT_EQ(code, process.take_stdin().error().code());
        EXPECT_EQ(code, process.exit_event().error().code());
        EXPECT_EQ(code, process.exit_status().error().code());
        EXPECT_EQ(code, process.wait().error().code());
    }
    wsl.answer = HResult::ok;
    EXPECT_TRUE(process.take_stdin().has_value());
}

}  // namespace
}  // namespace wslplugins
