// SPDX-License-Identifier: MIT
// The container calls on programs that really run, as children of the test.
#include <wslplugins/api/api.hpp>

#include "support/raw_wslc.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace wslplugins {
namespace {
using namespace std::chrono_literals;
using tests::RawWslc;
using tests::RawWslcCreation;
using tests::RawWslcProgram;

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (const std::string& text : texts) {
        list.push_back(const_cast<char*>(text.c_str()));
    }
    list.push_back(nullptr);
    return list;
}

/// Starts what was asked for with the program's ends as its streams, and nothing else of this process.
pid_t start(RawWslcProgram& program, const RawWslcCreation& creation) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (int i = 0; i < 3; ++i) {
        const auto end = program.program_ends[static_cast<std::size_t>(i)].raw();
        posix_spawn_file_actions_adddup2(&actions, static_cast<int>(end), i);
    }
    const auto arguments = pointers_to(creation.arguments);
    const auto variables = creation.environment.value_or(std::vector<std::string>());
    const auto environment = pointers_to(variables);
    pid_t child = 0;
    const int error = posix_spawn(
        &child, creation.path.c_str(), &actions, nullptr, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    EXPECT_EQ(0, error) << creation.path;
    return child;
}

class WslcNativeChild : public testing::Test {
protected:
    WslcNativeChild() {
        wsl.on_start = [this](RawWslcProgram& program, const RawWslcCreation& creation) {
            child = start(program, creation);
            // The child has the streams now; they end with it.
            for (platform::Socket& end : program.program_ends) {
                end.close();
            }
            waiters.emplace_back([&program, child = child] {
                int status = 0;
                EXPECT_EQ(child, ::waitpid(child, &status, 0));
                program.end_with_open_streams(WIFSIGNALED(status) ? 128 + WTERMSIG(status)
                                                                  : WEXITSTATUS(status));
            });
        };
    }

    ~WslcNativeChild() override {
        for (std::thread& waiter : waiters) {
            waiter.join();
        }
    }

    [[nodiscard]] WslcCommand command(std::string_view path) const {
        return Api(wsl.api()).command(WslcSessionId(5), path).time_limit(60s);
    }
    [[nodiscard]] WslcCommand shell(std::string_view script) const {
        return command("/bin/sh").args({"-c", script});
    }

    RawWslc wsl{{2, 9, 5}};
    pid_t child = 0;
    std::vector<std::thread> waiters;
};

TEST_F(WslcNativeChild, HasItsOutputsAndItsStatus) {
    const CommandOutput output = shell("echo out; echo err >&2; exit 7").run().value();
    EXPECT_EQ("out\n", output.standard_output);
    EXPECT_EQ("err\n", output.standard_error);
    EXPECT_EQ(ExitStatus::exited(7), output.status);
}

TEST_F(WslcNativeChild, MayBeEndedByASignal) {
    EXPECT_EQ(ExitStatus::killed(9), shell("kill -9 $$").run().value().status);
}

TEST_F(WslcNativeChild, GetsItsArgumentsAndItsEnvironmentExactly) {
    std::vector<std::string> arguments{"%s|"};
    std::string expected;
    for (int i = 0; i < 1000; ++i) {
        arguments.push_back(i % 7 == 0 ? "" : std::to_string(i) + " '\"\n\\\xC3\xA9");
        expected += arguments.back() + "|";
    }
    EXPECT_EQ(expected, command("/usr/bin/printf").args(arguments).run().value().standard_output);
    EXPECT_EQ("A=1\nB= 2 \n",
              command("/usr/bin/env")
                  .environment("A", "1")
                  .environment("B", " 2 ")
                  .run()
                  .value()
                  .standard_output);
    EXPECT_EQ("", command("/usr/bin/env").run().value().standard_output);
}

TEST_F(WslcNativeChild, PassesTenMebibytesThrough) {
    std::string input(std::size_t{10} * 1024 * 1024, '\0');
    for (std::size_t i = 0; i < input.size(); ++i) {
        input[i] = static_cast<char>(i * 131 % 256);
    }
    const CommandOutput output = command("/bin/cat").input(input).run().value();
    EXPECT_TRUE(input == output.standard_output);
    EXPECT_TRUE(output.status.succeeded());
}

TEST_F(WslcNativeChild, IsTalkedWith) {
    auto process = command("/bin/cat").spawn().value();
    auto input = process.take_stdin().value();
    auto output = process.take_stdout().value();
    std::array<char, 64> chunk;
    for (const std::string_view line : {"one\n", "two\n"}) {
        ASSERT_TRUE(input.write(line).has_value());
        EXPECT_EQ(line, std::string_view(chunk.data(), output.read(chunk).value()));
    }
    EXPECT_EQ(HResult::invalid_state, process.exit_status().error().code());
    input.close();
    EXPECT_EQ(0u, output.read(chunk).value());
    EXPECT_EQ(ExitStatus::exited(0), process.wait().value());
}

TEST_F(WslcNativeChild, RunsOnPastTheTimeLimit) {
    EXPECT_EQ(HResult::timeout, shell("exec sleep 600").time_limit(50ms).run().error().code());
    EXPECT_EQ(0, ::kill(child, SIGKILL));
}

}  // namespace
}  // namespace wslplugins
