// SPDX-License-Identifier: MIT
#include "platform/paths.hpp"
#include "platform/socket.hpp"
#include "testhost/raw_plugins.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::uint32_t aborted = 0x80004004u;
constexpr std::uint32_t disconnected = 0x80010108u;

abi::HRESULT execute(const HookArguments& arguments) {
    const char* list[] = {"true", nullptr};
    abi::SOCKET socket = 0;
    const abi::HRESULT result =
        arguments.api.ExecuteBinary(arguments.session().SessionId, "/bin/true", list, &socket);
    if (result == 0) {
        (void)platform::Socket(socket);
    }
    return result;
}

/// Watches the stopping hooks: what a call in them comes to, and on which thread they run.
class Endings : public testing::Test {
protected:
    Endings() {
        plugin.watch_everything();
        for (const Hook hook : {Hook::OnDistributionStopping, Hook::OnVMStopping}) {
            plugin.on(hook, [this](const HookArguments& arguments) {
                results.push_back(execute(arguments));
                threads.push_back(std::this_thread::get_id());
                return code(0x80004005u);
            });
        }
        service = start();
    }

    // What its hooks write to must still be there.
    void TearDown() override { service.reset(); }

    std::unique_ptr<Service> start() {
        ServiceOptions options;
        options.plugins = {plugin.registration()};
        options.distributions = {
            {"Debian", Guid::parse("00000001-0000-0000-0000-00000000000a").value(), ""},
            {"Alpine", Guid::parse("00000100-0000-0000-0000-00000000000b").value(), ""},
            {"Old", Guid::parse("00000001-0000-0000-0000-00000000000c").value(), "", 1}};
        return start_service(std::move(options));
    }

    [[nodiscard]] User user() const { return service->user(); }

    void launch(const char* distribution) {
        ASSERT_EQ(user().launch(distribution, {"true"}).exit_code, 0);
    }

    /// The hooks after the first `before` ones.
    [[nodiscard]] std::vector<std::string> hooks_after(std::size_t before) const {
        const auto calls = hooks_called(*service);
        return {calls.begin() + static_cast<std::ptrdiff_t>(before), calls.end()};
    }

    RelayedPlugin plugin{'a'};
    std::unique_ptr<Service> service;
    std::vector<abi::HRESULT> results;
    std::vector<std::thread::id> threads;
};

TEST_F(Endings, OfADistributionLeaveTheMachine) {
    launch("Debian");
    EXPECT_EQ(user().terminate("debian").text, "The operation completed successfully.\n");
    EXPECT_EQ(user().terminate("Debian").exit_code, 0) << "what does not run has no hook";
    EXPECT_THAT(hooks_after(2), ElementsAre("a OnDistributionStopping"));
    EXPECT_THAT(results, ElementsAre(0)) << "the machine runs, and calls work";
    EXPECT_THAT(threads, ElementsAre(std::this_thread::get_id())) << "the client's thread";
    EXPECT_THAT(user().terminate("Gentoo").text, HasSubstr("WSL_E_DISTRO_NOT_FOUND"));
}

TEST_F(Endings, ByForceFindTheMachineDead) {
    launch("Debian");
    EXPECT_EQ(user().shutdown(true).exit_code, 0);
    EXPECT_THAT(hooks_after(2), ElementsAre("a OnDistributionStopping", "a OnVMStopping"));
    EXPECT_THAT(results, ElementsAre(code(aborted), code(aborted)));
    launch("Debian");
}

TEST_F(Endings, ByAnIdleTimeoutComeOnAThreadOfTheService) {
    launch("Debian");
    launch("Alpine");
    user().let_idle_time_pass(IdleTimeout::Distribution);
    EXPECT_THAT(hooks_after(3),
                ElementsAre("a OnDistributionStopping", "a OnDistributionStopping"));
    user().let_idle_time_pass(IdleTimeout::VirtualMachine);
    EXPECT_EQ(hooks_after(5), std::vector<std::string>{"a OnVMStopping"});
    EXPECT_THAT(results, ElementsAre(0, 0, 0));
    EXPECT_THAT(threads, testing::Not(testing::Contains(std::this_thread::get_id())));
    user().let_idle_time_pass(IdleTimeout::VirtualMachine);
    EXPECT_EQ(hooks_called(*service).size(), 6u) << "nothing runs any more";
}

TEST_F(Endings, ByAnIdleTimeoutSpareWhatHasACommand) {
    launch("Alpine");
    std::atomic<bool> is_over = false;
    plugin.on(Hook::OnDistributionStarted, [](const HookArguments&) { return 0; });
    std::jthread command([&] {
        EXPECT_NE(user().launch("Debian", {"sleep", "1000"}).exit_code, 0);
        is_over = true;
    });
    // The command is in progress once its entry is there.
    const auto is_running = [&] {
        int commands = 0;
        for (const JournalEntry& entry : service->journal().entries()) {
            commands += entry.name == "run-command" ? 1 : 0;
        }
        return commands == 2;
    };
    while (!is_running()) {
        std::this_thread::yield();
    }
    user().let_idle_time_pass(IdleTimeout::VirtualMachine);
    EXPECT_THAT(hooks_after(3), ElementsAre("a OnDistributionStopping")) << "Alpine's";
    EXPECT_FALSE(is_over);
    EXPECT_EQ(user().shutdown().exit_code, 0);
}

TEST_F(Endings, ByAnIdleTimeoutCanBeTurnedOff) {
    WslConfig config;
    config.vm_stops_when_idle = false;
    user().set_config(config);
    launch("Debian");
    user().let_idle_time_pass(IdleTimeout::VirtualMachine);
    EXPECT_THAT(hooks_after(2), ElementsAre("a OnDistributionStopping"));
}

TEST_F(Endings, ByACrashTellOfEachDistributionAndFindTheMachineDead) {
    launch("Debian");
    launch("Old");
    launch("Alpine");
    user().crash_machine();
    EXPECT_THAT(
        hooks_after(3),
        ElementsAre("a OnDistributionStopping", "a OnDistributionStopping", "a OnVMStopping"));
    EXPECT_THAT(results, ElementsAre(code(aborted), code(aborted), code(aborted)));
    EXPECT_THAT(threads, testing::Not(testing::Contains(std::this_thread::get_id())));
    user().crash_machine();
    EXPECT_EQ(hooks_called(*service).size(), 6u);
    launch("Debian");
    EXPECT_EQ(hooks_called(*service).size(), 8u) << "a new machine";
}

TEST_F(Endings, OfAnInitAloneTellOfItsDistribution) {
    launch("Debian");
    launch("Alpine");
    user().end_init("Debian");
    EXPECT_THAT(hooks_after(3), ElementsAre("a OnDistributionStopping"));
    EXPECT_THAT(results, ElementsAre(0));
    user().end_init("Debian");
    EXPECT_EQ(hooks_called(*service).size(), 4u);
    launch("Debian");
    EXPECT_EQ(hooks_called(*service).back(), "a OnDistributionStarted");
}

TEST_F(Endings, ByThePolicyDetachEverySessionAndKeepThePlugins) {
    launch("Debian");
    WslPolicy policy;
    policy.allows_wsl = false;
    service->set_policy(policy);
    EXPECT_THAT(hooks_after(2), ElementsAre("a OnDistributionStopping", "a OnVMStopping"));
    EXPECT_THAT(results, ElementsAre(code(disconnected), code(disconnected)));
    EXPECT_THAT(threads, testing::Not(testing::Contains(std::this_thread::get_id())));
    EXPECT_EQ(user().launch("Debian", {"true"}).text,
              "Error code: Wsl/Service/ERROR_ACCESS_DISABLED_BY_POLICY\n");
    std::uint32_t session = 0;
    plugin.on(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        session = arguments.session().SessionId;
        return 0;
    });
    service->set_policy({});
    launch("Debian");
    EXPECT_EQ(session, 1u) << "a session of its own";
}

TEST_F(Endings, OfTheServiceComeOnItsMainThreadAndDetachTheSession) {
    std::thread::id main_thread;
    plugin.on_entry([&](const auto&, auto&) {
        main_thread = std::this_thread::get_id();
        return 0;
    });
    service.reset();
    service = start();
    launch("Debian");
    service->stop();
    EXPECT_THAT(results, ElementsAre(code(disconnected), code(disconnected)));
    EXPECT_THAT(threads, ElementsAre(main_thread, main_thread));
    EXPECT_NE(main_thread, std::this_thread::get_id());
    EXPECT_EQ(user().launch("Debian", {"true"}).text,
              "Error code: Wsl/Service/ERROR_SERVICE_NOT_ACTIVE\n");
    service->stop();
    EXPECT_EQ(results.size(), 2u);
}

TEST_F(Endings, OfTheServiceAreFollowedByANewLoad) {
    int loads = 0;
    std::uint32_t session = 7;
    plugin.on_entry([&](const auto&, auto&) {
        ++loads;
        return 0;
    });
    plugin.on(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        session = arguments.session().SessionId;
        return 0;
    });
    launch("Debian");
    user().log_off();
    ASSERT_TRUE(service->restart());
    EXPECT_EQ(loads, 1);
    launch("Debian");
    EXPECT_EQ(session, 0u) << "ids begin anew";
    ASSERT_TRUE(service->restart());
    EXPECT_EQ(loads, 2);
}

TEST_F(Endings, OfWsl1HaveNoHooks) {
    launch("Old");
    EXPECT_EQ(user().terminate("Old").exit_code, 0);
    launch("Old");
    EXPECT_EQ(user().shutdown().exit_code, 0);
    launch("Old");
    user().let_idle_time_pass(IdleTimeout::VirtualMachine);
    user().log_off();
    EXPECT_THAT(hooks_called(*service), ElementsAre());
}

TEST_F(Endings, OfAMachineWhoseDiskIsGoneHaveNoBeginning) {
    const auto disk = std::filesystem::temp_directory_path() /
                      ("wslplugins-disk-" + std::to_string(std::random_device()()));
    EXPECT_EQ(user().attach_disk(platform::utf8_from_path(disk)).text,
              "Error code: Wsl/Service/AttachDisk/ERROR_FILE_NOT_FOUND\n");
    std::ofstream(disk) << "disk";
    EXPECT_EQ(user().attach_disk(platform::utf8_from_path(disk)).exit_code, 0);
    EXPECT_THAT(hooks_called(*service), ElementsAre("a OnVMStarted"));
    EXPECT_EQ(user().shutdown().exit_code, 0);
    launch("Debian");
    EXPECT_EQ(user().shutdown().exit_code, 0);
    std::filesystem::remove(disk);
    const std::size_t before = hooks_called(*service).size();
    EXPECT_THAT(user().launch("Debian", {"true"}).text,
                HasSubstr("Wsl/Service/CreateInstance/CreateVm/ERROR_FILE_NOT_FOUND"));
    EXPECT_THAT(hooks_after(before), ElementsAre("a OnVMStopping"));
}

TEST_F(Endings, ShowTheContextOfAttachingADisk) {
    plugin.on(Hook::OnVMStarted, [](const HookArguments&) { return code(0x80070005u); });
    EXPECT_THAT(user().attach_disk(raw_fixture("relay_d")).text,
                HasSubstr("Wsl/Service/AttachDisk/CreateVm/Plugin/E_ACCESSDENIED"));
}

}  // namespace
}  // namespace wslplugins::testhost
