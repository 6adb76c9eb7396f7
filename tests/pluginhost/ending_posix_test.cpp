// SPDX-License-Identifier: MIT
/// @file
/// However the service or a plugin's process ends, nothing of it stays.
#include "platform/child_process.hpp"
#include "testhost/scripted/scripted_plugins.hpp"

#include <gmock/gmock.h>

#include <array>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <random>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace wslplugins::testhost {
namespace {

using testing::HasSubstr;

pid_t process_of(Service& service) {
    return static_cast<pid_t>(std::stoi(detail(entry_named(service, "load"), "process")));
}

/// Waits for the end of a process that need not be a child; a descriptor names it, so its number cannot be another's.
class WatchedProcess {
public:
    explicit WatchedProcess(pid_t process)
        : descriptor_(static_cast<int>(::syscall(SYS_pidfd_open, process, 0))) {}
    WatchedProcess(const WatchedProcess&) = delete;
    WatchedProcess& operator=(const WatchedProcess&) = delete;
    ~WatchedProcess() { (void)::close(descriptor_); }

    [[nodiscard]] bool ends() const {
        constexpr int longest = 20'000;
        pollfd awaited{descriptor_, POLLIN, 0};
        return ::poll(&awaited, 1, longest) == 1;
    }

private:
    const int descriptor_;
};

TEST(PluginProcess, EndsWithTheService) {
    const ScriptedPlugin a('a', "OnVMStarted say hello\n");
    auto service = start_service(HostModel::OwnProcess, {a.registration()});
    const WatchedProcess process(process_of(*service));
    service.reset();
    EXPECT_TRUE(process.ends());
}

TEST(PluginProcess, IsGoneWhenItsPluginCannotBeLoaded) {
    const auto service = start_service(HostModel::OwnProcess, {{"x", raw_fixture("no_export")}});
    const pid_t process = process_of(*service);
    EXPECT_EQ(::kill(process, 0), -1);
    EXPECT_EQ(errno, ESRCH);
}

/// A service in a process of its own that is killed while a hook runs.
TEST(PluginProcess, EndsWhenTheServiceIsKilledInTheMiddleOfAHook) {
    const ScriptedPlugin a('a', "OnVMStarted say inside;wait-for-ever\n");
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const pid_t service_process = ::fork();
    if (service_process == 0) {
        const auto service = start_service(HostModel::OwnProcess, {a.registration()});
        std::thread([&] { (void)service->user().launch("", {"true"}); }).detach();
        wait_until_said(*service, "a inside");
        const pid_t process = process_of(*service);
        (void)!::write(ends[1], &process, sizeof process);
        ::pause();
    }
    pid_t process = 0;
    ASSERT_EQ(::read(ends[0], &process, sizeof process), static_cast<ssize_t>(sizeof process));
    const WatchedProcess watched(process);
    ASSERT_EQ(::kill(service_process, SIGKILL), 0);
    ASSERT_EQ(::waitpid(service_process, nullptr, 0), service_process);
    EXPECT_TRUE(watched.ends());
    (void)::close(ends[0]);
    (void)::close(ends[1]);
}

TEST(PluginProcess, KilledInTheMiddleOfAHookLetsTheOperationGoOn) {
    const ScriptedPlugin a('a', "OnVMStarted say inside;wait-for-ever\n");
    const auto service = start_service(HostModel::OwnProcess, {a.registration()});
    const pid_t process = process_of(*service);
    std::thread killer([&] {
        wait_until_said(*service, "a inside");
        EXPECT_EQ(::kill(process, SIGKILL), 0);
    });
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    killer.join();
    EXPECT_EQ(detail(entry_named(*service, "plugin-process-ended"), "exit_code"),
              std::to_string(128 + SIGKILL));
}

/// The plugin's worker calls all the time; whatever was under way, the service goes on and stops in order.
TEST(PluginProcess, KilledAtAnyMomentLeavesTheServiceInOrder) {
    const unsigned seed = std::random_device{}();
    std::printf("random seed: %u\n", seed);
    std::mt19937 random(seed);
    const ScriptedPlugin a('a',
                           "EntryPoint free-worker\nOnVMStarted run echo;four-threads\n"
                           "OnDistributionStarted run echo\nOnVMStopping run echo\n");
    for (int i = 0; i < 20; ++i) {
        const auto service = start_service(HostModel::OwnProcess, {a.registration()});
        const WatchedProcess process(process_of(*service));
        const pid_t pid = process_of(*service);
        const std::chrono::microseconds moment(std::uniform_int_distribution(0, 100'000)(random));
        std::thread killer([pid, moment] {
            std::this_thread::sleep_for(moment);
            (void)::kill(pid, SIGKILL);
        });
        EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
        EXPECT_EQ(service->user().shutdown().exit_code, 0);
        killer.join();
        EXPECT_TRUE(process.ends());
    }
}

TEST(PluginProcess, IsNothingThatAPersonCanStart) {
    const auto program = find_plugin_host_program();
    ASSERT_TRUE(program);
    const auto outcome = platform::run_program({*program});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->exit_code, 2);
    EXPECT_THAT(outcome->output, HasSubstr("started by the test host only"));
}

}  // namespace
}  // namespace wslplugins::testhost
