// SPDX-License-Identifier: MIT
#include "guest/machine_probe.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

namespace wslplugins::tests {
namespace {

class Program : public testing::Test {
protected:
    void SetUp() override {
        machine_ = start_machine();
        ASSERT_NE(machine_, nullptr);
    }

    std::unique_ptr<testhost::LinuxMachine> machine_;
};

TEST_F(Program, ReadsTheMachinesKernelVersion) {
    std::ifstream file("/proc/version");
    const std::string version(std::istreambuf_iterator<char>(file), {});
    EXPECT_EQ(run(*machine_, {"/bin/cat", "/proc/version"}).output, version);
}

TEST_F(Program, HasTheConnectionAsItsInputAndOutput) {
    std::mt19937_64 engine(1);
    std::vector<std::byte> sent(std::size_t{10} * 1024 * 1024);
    std::ranges::generate(sent, [&engine] { return static_cast<std::byte>(engine()); });
    auto program = machine_->execute({}, "/bin/cat", {"cat"});
    ASSERT_TRUE(program) << program.error().to_string();
    std::thread sender([&] {
        EXPECT_TRUE(program->stream.send_all(sent));
        EXPECT_TRUE(program->stream.shutdown_send());
    });
    const std::string received = read_to_end(program->stream);
    sender.join();
    EXPECT_TRUE(std::ranges::equal(std::as_bytes(std::span(received)), sent));
    EXPECT_EQ(machine_->wait(program->number)->exit_code, 0);
}

TEST_F(Program, GetsItsArgumentsByteForByte) {
    const std::vector<std::string> arguments{
        "name", "-c", R"(printf '%s|' "$0" "$@")", "a b", "", "\"'\\", "\xff\x01\n"};
    auto program = machine_->execute({}, "/bin/sh", arguments);
    ASSERT_TRUE(program) << program.error().to_string();
    EXPECT_EQ(read_to_end(program->stream), "a b||\"'\\|\xff\x01\n|");
}

TEST_F(Program, StartsInACleanEnvironment) {
    const std::string output =
        run_script(
            *machine_,
            "pwd; umask; env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD= | sort; id -u; "
            "grep -E '^(SigBlk|SigIgn|NoNewPrivs)' /proc/self/status | tr -d '\\t'")
            .output;
    EXPECT_EQ(output,
              "/\n0022\nHOME=/root\n"
              "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nTERM=linux\n0\n"
              "SigBlk:0000000000000000\nSigIgn:0000000000000000\nNoNewPrivs:1\n");
}

TEST_F(Program, HasNoDescriptorButItsStandardStreams) {
    // Asked by the shell alone: a pipeline's ends are descriptors of the shell, too, for a moment.
    const auto* const list =
        "n=0; while [ $n -lt 256 ]; do [ ! -e /proc/$$/fd/$n ] || echo $n; n=$((n + 1)); done";
    EXPECT_EQ(run_script(*machine_, list).output, "0\n1\n2\n");
    // A stream that does not block, as every program expects: flag 04000 is not set.
    EXPECT_EQ(run_script(*machine_, "grep -c 'flags:.*4...$' /proc/$$/fdinfo/0").output, "0\n");
}

TEST_F(Program, FailsToStartWithAReasonThatNamesItsPath) {
    for (const char* const path : {"/no/such/program", "/etc/passwd", "/usr", "", "bin/cat"}) {
        const auto program = machine_->execute({}, path, {"x"});
        if (std::string(path) == "bin/cat") {
            EXPECT_TRUE(program);  // relative to the folder `/`
            continue;
        }
        ASSERT_FALSE(program) << path;
        EXPECT_EQ(program.error().code(), HResult::fail);
        EXPECT_NE(program.error().text().find("'" + std::string(path) + "' failed: "),
                  std::string::npos)
            << program.error().text();
    }
}

TEST_F(Program, IsNotLookedUpInThePath) {
    const auto program = machine_->execute({}, "cat", {"cat"});
    ASSERT_FALSE(program);
    EXPECT_EQ(program.error().code(), HResult::fail);
}

TEST_F(Program, WithTooManyArgumentsIsRefused) {
    const std::vector<std::string> arguments(10, std::string(1024 * 1024, 'x'));
    const auto program = machine_->execute({}, "/bin/true", arguments);
    ASSERT_FALSE(program);
    EXPECT_EQ(program.error().code(), HResult::fail);
    EXPECT_EQ(run(*machine_, {"/bin/true"}).exit_code, 0);
}

TEST_F(Program, TellsHowItEnded) {
    EXPECT_EQ(run_script(*machine_, "exit 42").exit_code, 42);
    EXPECT_EQ(run_script(*machine_, "kill -TERM $$").exit_code, 128 + 15);
    EXPECT_FALSE(machine_->wait(12345));
}

TEST_F(Program, DoesNotKeepOthersWaiting) {
    auto sleeper = machine_->execute({}, "/bin/cat", {"cat"});
    ASSERT_TRUE(sleeper);
    std::thread waiter([&] { EXPECT_EQ(machine_->wait(sleeper->number)->exit_code, 0); });
    EXPECT_EQ(run(*machine_, {"/bin/true"}).exit_code, 0);
    EXPECT_TRUE(machine_->take_kernel_log());
    ASSERT_TRUE(sleeper->stream.shutdown_send());
    waiter.join();
}

TEST_F(Program, RunsBesideFortyNineOthers) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 50; ++i) {
        threads.emplace_back([this, i] {
            const std::string text = std::to_string(i);
            EXPECT_EQ(run(*machine_, {"/bin/echo", text}).output, text + "\n");
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

TEST_F(Program, WritesItsErrorsToTheKernelLog) {
    ASSERT_EQ(run_script(*machine_, "echo first >&2").exit_code, 0);
    EXPECT_EQ(machine_->take_kernel_log().value(), "first\n");
    EXPECT_EQ(machine_->take_kernel_log().value(), "");
    // Past 64 KiB the oldest is gone.
    ASSERT_EQ(run_script(*machine_, "seq 100000 >&2").exit_code, 0);
    const std::string log = machine_->take_kernel_log().value();
    EXPECT_EQ(log.size(), std::size_t{64} * 1024);
    EXPECT_TRUE(log.ends_with("\n99999\n100000\n"));
}

TEST_F(Program, LeavesNoDescriptorInTheGuest) {
    const std::filesystem::path folder = "/proc/" + std::to_string(only_guest()) + "/fd";
    std::error_code error;
    const auto count = [&] {
        return std::distance(std::filesystem::directory_iterator(folder, error), {});
    };
    ASSERT_EQ(run(*machine_, {"/bin/true"}).exit_code, 0);
    const auto before = count();
    if (error) {
        GTEST_SKIP() << "Only root may count the guest's descriptors: " << error.message();
    }
    for (int i = 0; i < 200; ++i) {
        (void)machine_->execute({}, i % 2 == 0 ? "/bin/true" : "/no/such", {"x"});
    }
    // The first program's connection may still have been closing when it was counted.
    EXPECT_TRUE(becomes_true([&] { return count() <= before; })) << before << " " << count();
}

}  // namespace
}  // namespace wslplugins::tests
