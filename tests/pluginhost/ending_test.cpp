// SPDX-License-Identifier: MIT
/// @file
/// However the service or a plugin's process ends, nothing of it stays.
#include "platform/child_process.hpp"
#include "pluginhost/watched_process.hpp"
#include "testhost/scripted/scripted_plugins.hpp"

#include <gmock/gmock.h>

#include <iostream>
#include <random>
#include <thread>

namespace wslplugins::testhost {
namespace {

using testing::HasSubstr;
using tests::WatchedProcess;

std::uint32_t process_of(Service& service) {
    return static_cast<std::uint32_t>(std::stoul(detail(entry_named(service, "load"), "process")));
}

TEST(PluginProcess, EndsWithTheService) {
    const ScriptedPlugin a('a', "OnVMStarted say hello\n");
    auto service = start_service(HostModel::OwnProcess, {a.registration()});
    const WatchedProcess process(process_of(*service));
    service.reset();
    EXPECT_TRUE(process.ends());
}

TEST(PluginProcess, IsGoneWhenItsPluginCannotBeLoaded) {
    const auto service = start_service(HostModel::OwnProcess, {{"x", raw_fixture("no_export")}});
    EXPECT_FALSE(tests::process_exists(process_of(*service)));
}

TEST(PluginProcess, KilledInTheMiddleOfAHookLetsTheOperationGoOn) {
    const ScriptedPlugin a('a', "OnVMStarted say inside;wait-for-ever\n");
    const auto service = start_service(HostModel::OwnProcess, {a.registration()});
    const WatchedProcess process(process_of(*service));
    std::thread killer([&] {
        wait_until_said(*service, "a inside");
        process.kill();
    });
    EXPECT_EQ(service->user().launch("", {"true"}).exit_code, 0);
    killer.join();
    EXPECT_EQ(detail(entry_named(*service, "plugin-process-ended"), "exit_code"),
              std::to_string(WatchedProcess::exit_code_of_killed));
}

/// The plugin's worker calls all the time; whatever was under way, the service goes on and stops in order.
TEST(PluginProcess, KilledAtAnyMomentLeavesTheServiceInOrder) {
    const unsigned seed = std::random_device{}();
    std::cout << "random seed: " << seed << std::endl;
    std::mt19937 random(seed);
    const ScriptedPlugin a('a',
                           "EntryPoint free-worker\nOnVMStarted run echo;four-threads\n"
                           "OnDistributionStarted run echo\nOnVMStopping run echo\n");
    for (int i = 0; i < 20; ++i) {
        const auto service = start_service(HostModel::OwnProcess, {a.registration()});
        const WatchedProcess process(process_of(*service));
        const std::chrono::microseconds moment(std::uniform_int_distribution(0, 100'000)(random));
        std::thread killer([&process, moment] {
            std::this_thread::sleep_for(moment);
            process.kill();
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
