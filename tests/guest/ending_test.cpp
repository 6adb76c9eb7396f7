// SPDX-License-Identifier: MIT
#include "guest/machine_probe.hpp"

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace wslplugins::tests {
namespace {

const Guid id = Guid::parse("33333333-0000-0000-0000-000000000003").value();

/// Starts what a run of a plugin starts: a program in the root namespace and one in a distribution.
void fill(testhost::LinuxMachine& machine) {
    const std::vector<std::string> sleep{"sh", "-c", "sleep 1000 & sleep 1000"};
    ASSERT_TRUE(machine.start_distribution(id));
    ASSERT_TRUE(machine.execute({}, "/bin/sh", sleep));
    ASSERT_TRUE(machine.execute(id, "/bin/sh", sleep));
}

/// All that there is of a machine, to be asked for when it should be gone.
struct Traces {
    std::set<pid_t> pids;
    std::set<std::string> namespaces;
    std::string mounts = own_mounts();
};

Traces traces_of_the_machine() {
    Traces traces;
    traces.pids = family_of(only_guest());
    traces.namespaces = namespaces_of(traces.pids);
    EXPECT_GE(traces.pids.size(), 5u);
    return traces;
}

void expect_gone(const Traces& traces) {
    EXPECT_TRUE(becomes_true([&] { return !is_anything_left(traces.pids, traces.namespaces); }));
    EXPECT_EQ(own_mounts(), traces.mounts);
}

TEST(Ending, OfTheHostsObjectEndsEverythingBeforeItReturns) {
    auto machine = start_machine();
    ASSERT_NE(machine, nullptr);
    fill(*machine);
    const Traces traces = traces_of_the_machine();
    std::set<pid_t> all_but_guest = traces.pids;
    all_but_guest.erase(only_guest());
    machine.reset();
    EXPECT_FALSE(is_anything_left(all_but_guest, {}));
    expect_gone(traces);
}

TEST(Ending, IsQuickWithAHundredProcesses) {
    auto machine = start_machine();
    ASSERT_NE(machine, nullptr);
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(machine->execute({}, "/bin/sleep", {"sleep", "1000"}));
    }
    const Traces traces = traces_of_the_machine();
    const auto before = std::chrono::steady_clock::now();
    machine.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(2));
    expect_gone(traces);
}

TEST(Ending, OfTheGuestByForceEndsTheMachine) {
    auto machine = start_machine();
    ASSERT_NE(machine, nullptr);
    fill(*machine);
    const Traces traces = traces_of_the_machine();
    ASSERT_EQ(::kill(only_guest(), SIGKILL), 0);
    expect_gone(traces);
    EXPECT_EQ(machine->take_kernel_log().error().code(), HResult::aborted);
    EXPECT_EQ(machine->execute({}, "/bin/true", {}).error().code(), HResult::aborted);
    EXPECT_EQ(machine->mount_folder("/tmp", "/m", true).error().code(), HResult::aborted);
    EXPECT_EQ(machine->start_distribution(id).error().code(), HResult::aborted);
    EXPECT_EQ(machine->stop_distribution(id).error().code(), HResult::aborted);
    EXPECT_EQ(machine->wait(1).error().code(), HResult::aborted);
}

TEST(Ending, OfTheHostByForceEndsTheMachine) {
    // A machine of this process first: from now on orphans come to it.
    ASSERT_NE(start_machine(), nullptr);
    ASSERT_TRUE(becomes_true([] { return guests().empty(); }));
    std::array<int, 2> ready{};
    ASSERT_EQ(::pipe(ready.data()), 0);
    const pid_t host = ::fork();
    if (host == 0) {
        const auto machine = start_machine();
        if (machine) {
            fill(*machine);
        }
        (void)!::write(ready[1], testing::Test::HasFailure() ? "n" : "y", 1);
        ::pause();
        ::_exit(1);
    }
    char told = 'n';
    ASSERT_EQ(::read(ready[0], &told, 1), 1);
    EXPECT_EQ(told, 'y');
    const Traces before = {.pids = family_of(host), .namespaces = {}};
    Traces traces;
    traces.pids = before.pids;
    traces.namespaces = namespaces_of(traces.pids);
    EXPECT_GE(traces.pids.size(), 6u);
    ASSERT_EQ(::kill(host, SIGKILL), 0);
    expect_gone(traces);
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST(Ending, OfTheMachinesInitEndsTheGuest) {
    auto machine = start_machine();
    ASSERT_NE(machine, nullptr);
    std::set<pid_t> init = family_of(only_guest());
    init.erase(only_guest());
    ASSERT_EQ(init.size(), 1u);
    fill(*machine);
    const Traces traces = traces_of_the_machine();
    ASSERT_EQ(::kill(*init.begin(), SIGKILL), 0);
    expect_gone(traces);
}

TEST(Ending, BeforeTheFirstMessageIsQuiet) {
    const auto machine = testhost::LinuxMachine::start("/bin/true");
    ASSERT_FALSE(machine);
    EXPECT_EQ(machine.error().code(), HResult::aborted);
    const auto missing = testhost::LinuxMachine::start("/no/such/guest");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code(), HResult::file_not_found);
}

}  // namespace
}  // namespace wslplugins::tests
