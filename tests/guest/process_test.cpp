// SPDX-License-Identifier: MIT
// Programs with three streams of their own, signals, and folders that are unmounted again.
#include "guest/machine_probe.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace wslplugins::tests {
namespace {

class Process : public testing::Test {
protected:
    void SetUp() override {
        machine_ = start_machine();
        ASSERT_NE(machine_, nullptr);
    }

    testhost::StartedProcess start(testhost::ProcessRequest request) {
        auto process = machine_->start_process(request);
        EXPECT_TRUE(process) << process.error().to_string();
        return process ? std::move(*process) : testhost::StartedProcess();
    }

    std::unique_ptr<testhost::LinuxMachine> machine_;
};

testhost::ProcessRequest script(const std::string& text) {
    return {.distribution = {},
            .path = "/bin/sh",
            .arguments = {"sh", "-c", text},
            .environment = {"PATH=/usr/bin:/bin"},
            .folder = {}};
}

TEST_F(Process, HasThreeStreams) {
    auto process = start(script("cat; echo out; echo err >&2; exit 5"));
    ASSERT_TRUE(process.input.send_all(std::as_bytes(std::span("in", 2))));
    process.input.close();
    EXPECT_EQ(read_to_end(process.output), "inout\n");
    EXPECT_EQ(read_to_end(process.error), "err\n");
    EXPECT_EQ(machine_->wait(process.number)->exit_code, 5);
}

TEST_F(Process, StartsInItsFolderWhichIsMadeIfNeedBe) {
    auto request = script("pwd");
    request.folder = "/tmp/a/b";
    auto process = start(request);
    EXPECT_EQ(read_to_end(process.output), "/tmp/a/b\n");
    request.folder = "/dev/null/x";
    const auto bad = machine_->start_process(request);
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().linux_error(), ENOTDIR);
}

TEST_F(Process, RunsInADistributionOfItsOwnRoot) {
    const Guid id(abi::GUID{1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}});
    auto request = script("echo here > /tmp/mark; cat /tmp/mark");
    request.distribution = id;
    EXPECT_EQ(machine_->start_process(request).error().code(), HResult::distribution_not_running);
    ASSERT_TRUE(machine_->start_distribution(id));
    auto process = start(request);
    EXPECT_EQ(read_to_end(process.output), "here\n");
    auto outside = start(script("test -e /tmp/mark || echo not here"));
    EXPECT_EQ(read_to_end(outside.output), "not here\n");
}

TEST_F(Process, ThatCannotBeExecutedHasLinuxOwnNumber) {
    for (const auto& [path, number] :
         {std::pair{"/no/such", ENOENT}, std::pair{"no-such", ENOENT}, std::pair{"/etc", EACCES}}) {
        auto request = script("");
        request.path = path;
        const auto process = machine_->start_process(request);
        ASSERT_FALSE(process) << path;
        EXPECT_EQ(process.error().code(), HResult::fail);
        EXPECT_EQ(process.error().linux_error(), number) << path;
    }
    auto with_nul = script("");
    with_nul.environment = {std::string("A\0B", 3)};
    EXPECT_EQ(machine_->start_process(with_nul).error().linux_error(), EINVAL);
}

TEST_F(Process, GetsASignal) {
    auto process =
        start(script("trap 'echo caught; exit 9' TERM; echo ready; while :; do read x; done"));
    std::array<std::byte, 6> ready{};
    ASSERT_TRUE(process.output.receive_exactly(ready));
    ASSERT_TRUE(machine_->signal(process.number, SIGTERM));
    process.input.close();
    EXPECT_EQ(read_to_end(process.output), "caught\n");
    EXPECT_EQ(machine_->wait(process.number)->exit_code, 9);
    EXPECT_EQ(machine_->signal(process.number, SIGTERM).error().code(), HResult::not_found);
    EXPECT_FALSE(machine_->signal(process.number, 0));
    EXPECT_FALSE(machine_->signal(process.number, 1000));
    EXPECT_EQ(machine_->signal(12345, SIGKILL).error().code(), HResult::not_found);
}

TEST_F(Process, EndsWhenTheMachineIsStoppedUnderIt) {
    auto process = start(script("sleep 1000"));
    machine_->stop();
    EXPECT_EQ(read_to_end(process.output), "");
    EXPECT_EQ(machine_->wait(process.number).error().code(), HResult::aborted);
    EXPECT_EQ(machine_->start_process(script("true")).error().code(), HResult::aborted);
}

TEST_F(Process, SeesAFolderUntilItIsUnmounted) {
    const auto folder = std::filesystem::temp_directory_path() /
                        ("wslplugins-unmount-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "file") << "content";
    ASSERT_TRUE(machine_->mount_folder(folder.string(), "/m", true));
    EXPECT_EQ(run(*machine_, {"/bin/cat", "/m/file"}).output, "content");
    EXPECT_TRUE(machine_->unmount_folder("/m"));
    EXPECT_EQ(run_script(*machine_, "test -e /m || echo gone").output, "gone\n");
    EXPECT_TRUE(machine_->unmount_folder("/tmp")) << "no mount is no failure";
    EXPECT_EQ(machine_->unmount_folder("/m").error().code(), HResult::fail);
    EXPECT_TRUE(std::filesystem::exists(folder / "file"));
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace wslplugins::tests
