// SPDX-License-Identifier: MIT
#include "guest/machine_probe.hpp"

#include <gtest/gtest.h>

namespace wslplugins::tests {
namespace {

const Guid one = Guid::parse("11111111-0000-0000-0000-000000000001").value();
const Guid other = Guid::parse("22222222-0000-0000-0000-000000000002").value();

class Distribution : public testing::Test {
protected:
    void SetUp() override {
        machine_ = start_machine();
        ASSERT_NE(machine_, nullptr);
    }

    std::unique_ptr<testhost::LinuxMachine> machine_;
};

TEST_F(Distribution, HasAPidNamespaceOfItsOwn) {
    const auto first = machine_->start_distribution(one);
    const auto second = machine_->start_distribution(other);
    ASSERT_TRUE(first) << first.error().to_string();
    ASSERT_TRUE(second) << second.error().to_string();
    EXPECT_NE(first->pid_namespace, second->pid_namespace);
    EXPECT_NE(first->init_pid, second->init_pid);
    const std::string link = "readlink /proc/self/ns/pid";
    EXPECT_EQ(run_script(*machine_, link, one).output,
              "pid:[" + std::to_string(first->pid_namespace) + "]\n");
    EXPECT_NE(run_script(*machine_, link).output,
              "pid:[" + std::to_string(first->pid_namespace) + "]\n");
}

TEST_F(Distribution, HasAnInitThatTheRootNamespaceSees) {
    const auto started = machine_->start_distribution(one);
    ASSERT_TRUE(started);
    const std::string proc = "/proc/" + std::to_string(started->init_pid);
    EXPECT_EQ(run_script(*machine_, "readlink " + proc + "/ns/pid").output,
              "pid:[" + std::to_string(started->pid_namespace) + "]\n");
    EXPECT_EQ(run_script(*machine_, "grep NSpid " + proc + "/status | tr '\\t' ' '").output,
              "NSpid: " + std::to_string(started->init_pid) + " 1\n");
}

TEST_F(Distribution, HasARootOfItsOwn) {
    ASSERT_TRUE(machine_->start_distribution(one));
    ASSERT_TRUE(machine_->start_distribution(other));
    ASSERT_EQ(run_script(*machine_, "echo hers > /tmp/file", one).exit_code, 0);
    EXPECT_EQ(run_script(*machine_, "cat /tmp/file", one).output, "hers\n");
    EXPECT_EQ(run_script(*machine_, "ls /tmp", other).output, "");
    EXPECT_EQ(run_script(*machine_, "ls /tmp").output, "");
}

TEST_F(Distribution, SaysWhatItIs) {
    const auto started = machine_->start_distribution(one);
    ASSERT_TRUE(started);
    const std::string script = ". /etc/os-release; printf '%s' \"$";
    EXPECT_EQ(started->flavor, run_script(*machine_, script + "ID\"").output);
    EXPECT_EQ(started->version, run_script(*machine_, script + "VERSION_ID\"").output);
}

TEST_F(Distribution, RunsProgramsWhileItRunsOnly) {
    const auto before = machine_->execute(one, "/bin/true", {"true"});
    ASSERT_FALSE(before);
    EXPECT_EQ(before.error().code(), HResult::distribution_not_running);
    ASSERT_TRUE(machine_->start_distribution(one));
    EXPECT_EQ(run(*machine_, {"/bin/true"}, one).exit_code, 0);
    EXPECT_FALSE(machine_->execute(other, "/bin/true", {"true"}));
    ASSERT_TRUE(machine_->stop_distribution(one));
    const auto after = machine_->execute(one, "/bin/true", {"true"});
    ASSERT_FALSE(after);
    EXPECT_EQ(after.error().code(), HResult::distribution_not_running);
}

TEST_F(Distribution, EndsWithAllThatRunsInIt) {
    ASSERT_TRUE(machine_->start_distribution(one));
    auto sleeper = machine_->execute(one, "/bin/sh", {"sh", "-c", "sleep 1000 & exec sleep 1000"});
    ASSERT_TRUE(sleeper);
    ASSERT_TRUE(machine_->stop_distribution(one));
    EXPECT_EQ(read_to_end(sleeper->stream), "");
    EXPECT_EQ(machine_->wait(sleeper->number)->exit_code, 128 + 9);
    EXPECT_EQ(run_script(*machine_, "ps ax | grep -c '[s]leep 1000'").output, "0\n");
}

TEST_F(Distribution, StartsAfreshAfterItsStop) {
    const auto first = machine_->start_distribution(one);
    ASSERT_TRUE(first);
    ASSERT_EQ(run_script(*machine_, "touch /tmp/left", one).exit_code, 0);
    ASSERT_TRUE(machine_->stop_distribution(one));
    const auto again = machine_->start_distribution(one);
    ASSERT_TRUE(again) << again.error().to_string();
    EXPECT_NE(first->init_pid, again->init_pid);
    EXPECT_EQ(run_script(*machine_, "ls /tmp", one).output, "");
}

TEST_F(Distribution, RefusesToStartOrStopTwice) {
    const auto missing = machine_->stop_distribution(one);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code(), HResult::distribution_not_running);
    ASSERT_TRUE(machine_->start_distribution(one));
    const auto twice = machine_->start_distribution(one);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code(), HResult::already_exists);
}

TEST_F(Distribution, IsGoneWhenItsInitIsKilledFromTheRootNamespace) {
    const auto started = machine_->start_distribution(one);
    ASSERT_TRUE(started);
    ASSERT_EQ(run_script(*machine_, "kill -9 " + std::to_string(started->init_pid)).exit_code, 0);
    EXPECT_TRUE(becomes_true([this] {
        const auto program = machine_->execute(one, "/bin/true", {"true"});
        return !program && program.error().code() == HResult::distribution_not_running;
    }));
    EXPECT_TRUE(machine_->start_distribution(one));
}

}  // namespace
}  // namespace wslplugins::tests
