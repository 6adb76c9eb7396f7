// SPDX-License-Identifier: MIT
#include "pluginhost/watched_process.hpp"
#include "testhost/scripted/scripted_plugins.hpp"

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace wslplugins::testhost {
namespace {

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
        const auto process = static_cast<std::uint32_t>(
            std::stoul(detail(entry_named(*service, "load"), "process")));
        (void)!::write(ends[1], &process, sizeof process);
        ::pause();
    }
    std::uint32_t process = 0;
    ASSERT_EQ(::read(ends[0], &process, sizeof process), static_cast<ssize_t>(sizeof process));
    const tests::WatchedProcess watched(process);
    ASSERT_EQ(::kill(service_process, SIGKILL), 0);
    ASSERT_EQ(::waitpid(service_process, nullptr, 0), service_process);
    EXPECT_TRUE(watched.ends());
    (void)::close(ends[0]);
    (void)::close(ends[1]);
}

}  // namespace
}  // namespace wslplugins::testhost
