// SPDX-License-Identifier: MIT
#include <wslplugins/api/api.hpp>

#include "support/raw_wslc.hpp"

#include <gtest/gtest.h>

namespace wslplugins {
namespace {
using namespace std::chrono_literals;
using tests::RawWslc;
using tests::RawWslcCreation;
using tests::RawWslcProgram;

void say(platform::Socket& program, std::string_view text) {
    ASSERT_TRUE(program.send_all(std::as_bytes(std::span(text))).has_value());
}

class WslcRunTest : public testing::Test {
protected:
    ~WslcRunTest() override {
        if (program_thread.joinable()) {
            program_thread.join();
        }
    }

    [[nodiscard]] WslcCommand command() const {
        return Api(wsl.api()).command(WslcSessionId(5), "/bin/cat").time_limit(20s);
    }

    /// Runs beside the plugin, as a program does.
    void play(std::function<void(RawWslcProgram&)> program) {
        wsl.on_start = [this, program](RawWslcProgram& started, const RawWslcCreation&) {
            program_thread = std::thread([&started, program] { program(started); });
        };
    }

    RawWslc wsl{{2, 9, 0}};
    std::thread program_thread;
};

/// Reads the input to its end and answers each piece on both streams.
void echo(RawWslcProgram& program) {
    std::array<std::byte, 64 * 1024> chunk;
    for (;;) {
        const std::size_t count = program.standard_input().receive(chunk).value();
        if (count == 0) {
            return program.end(0);
        }
        const auto piece = std::span(chunk).first(count);
        ASSERT_TRUE(program.standard_output().send_all(piece).has_value());
        ASSERT_TRUE(program.standard_error().send_all(piece).has_value());
    }
}

TEST_F(WslcRunTest, ReturnsBothOutputsAndTheStatus) {
    play([](RawWslcProgram& program) {
        say(program.standard_output(), std::string_view("out\0put", 7));
        say(program.standard_error(), "error");
        program.end(3);
    });
    const CommandOutput output = command().run().value();
    EXPECT_EQ(std::string("out\0put", 7), output.standard_output);
    EXPECT_EQ("error", output.standard_error);
    EXPECT_EQ(ExitStatus::exited(3), output.status);
    EXPECT_TRUE(wsl.program().is_released);
}

TEST_F(WslcRunTest, GivesAProgramNoInputIfNotSet) {
    play(echo);
    const CommandOutput output = command().run().value();
    EXPECT_EQ("", output.standard_output);
    EXPECT_TRUE(output.status.succeeded());
}

TEST_F(WslcRunTest, WritesAndReadsMuchAtOnce) {
    std::string input(std::size_t{10} * 1024 * 1024, '\0');
    for (std::size_t i = 0; i < input.size(); ++i) {
        input[i] = static_cast<char>(i * 31 % 251);
    }
    play(echo);
    const CommandOutput output =
        command().input(input).output_limit(2 * input.size()).run().value();
    EXPECT_EQ(input.size(), output.standard_output.size());
    EXPECT_TRUE(input == output.standard_output);
    EXPECT_TRUE(input == output.standard_error);
}

TEST_F(WslcRunTest, IsDoneWithAProgramThatDoesNotReadItsInput) {
    play([](RawWslcProgram& program) {
        say(program.standard_output(), "done");
        program.end(0);
    });
    const std::string input(std::size_t{16} * 1024 * 1024, 'x');
    const auto output = command().input(input).run();
    // Input that was not read resets a TCP connection of its own and leaves the output's alone.
    EXPECT_EQ("done", output.value().standard_output);
}

TEST_F(WslcRunTest, WaitsForTheEndAfterTheOutputs) {
    play([](RawWslcProgram& program) {
        program.standard_output().close();
        program.standard_error().close();
        program.end(0);
    });
    EXPECT_TRUE(command().run().value().status.succeeded());
}

TEST_F(WslcRunTest, EndsAtTheTimeLimitWhileTheProgramRuns) {
    wsl.on_start = [](RawWslcProgram& program, const RawWslcCreation&) {
        say(program.standard_output(), "half");
    };
    EXPECT_EQ("'/bin/cat' did not end within 50 ms; it still runs: 0x800705B4 (ERROR_TIMEOUT)",
              command().time_limit(50ms).run().error().to_string());
    EXPECT_TRUE(wsl.program().is_released);

    wsl.on_start = [](RawWslcProgram& program, const RawWslcCreation&) {
        program.standard_output().close();
        program.standard_error().close();
    };
    EXPECT_EQ(HResult::timeout, command().time_limit(50ms).run().error().code());
}

TEST_F(WslcRunTest, SaysWhenOnlyALeftBehindChildKeepsTheOutputOpen) {
    wsl.on_start = [](RawWslcProgram& program, const RawWslcCreation&) {
        program.end_with_open_streams(0);
    };
    EXPECT_EQ("'/bin/cat' has ended, but a child that it left behind kept its output open for "
              "longer than 50 ms: 0x800705B4 (ERROR_TIMEOUT)",
              command().time_limit(50ms).run().error().to_string());
}

TEST_F(WslcRunTest, AcceptsOutputUpToTheLimitAndNotOneByteMore) {
    wsl.on_start = [](RawWslcProgram& program, const RawWslcCreation&) {
        say(program.standard_output(), "123");
        say(program.standard_error(), "45");
        program.end(0);
    };
    EXPECT_EQ("123", command().output_limit(5).run().value().standard_output);
    EXPECT_EQ("'/bin/cat' wrote more than the limit of 4 bytes; it may still run: 0x8007006F "
              "(ERROR_BUFFER_OVERFLOW)",
              command().output_limit(4).run().error().to_string());
}

TEST_F(WslcRunTest, TakesALimitlessTimeForAVeryLongOne) {
    play([](RawWslcProgram& program) { program.end(0); });
    EXPECT_TRUE(command().time_limit(std::chrono::milliseconds::max()).run().has_value());
}

}  // namespace
}  // namespace wslplugins
