// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_probe.hpp"

#include <gmock/gmock.h>

#include <future>
#include <thread>
#include <utility>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;

class ContainerVm : public testing::Test {
protected:
    void SetUp() override {
        plugin_.watch_everything();
        service_ = start_service({&plugin_});
    }

    [[nodiscard]] UserOutput use() const {
        return service_->wslc().in_session("test").list_images();
    }

    RelayedPlugin plugin_{'a'};
    std::unique_ptr<Service> service_;
};

TEST_F(ContainerVm, StartsWithTheFirstOperationWhichWaitsForTheHook) {
    std::thread::id hook;
    plugin_.on(Hook::WslcVmStarted, [&](const HookArguments& arguments) {
        hook = std::this_thread::get_id();
        EXPECT_EQ(run_program(arguments.api,
                              arguments.container_session().SessionId,
                              {"/bin/echo", "from the hook"})
                      .output,
                  "from the hook\n");
        return code(0x80004005u);
    });
    (void)make_session(*service_);
    EXPECT_THAT(hook_names(*service_), ElementsAre("OnSessionCreated"));
    EXPECT_EQ(use().exit_code, 0) << "the hook's failure is written down and forgotten";
    EXPECT_EQ(use().exit_code, 0);
    EXPECT_THAT(hook_names(*service_), ElementsAre("OnSessionCreated", "WslcVmStarted"));
    EXPECT_NE(hook, std::this_thread::get_id()) << "it comes on a thread of the service's";
}

TEST_F(ContainerVm, ServesOtherOperationsWhileItsHookRuns) {
    plugin_.on(Hook::WslcVmStarted, [&](const HookArguments&) {
        auto other = std::async(std::launch::async, [&] { return use().exit_code; });
        EXPECT_EQ(other.get(), 0);
        return 0;
    });
    (void)make_running_session(*service_);
}

TEST_F(ContainerVm, StopsForBeingIdleAndStartsAgain) {
    const std::uint32_t session = make_running_session(*service_);
    EXPECT_TRUE(service_->wslc().let_idle_time_pass(session).value());
    EXPECT_FALSE(service_->wslc().let_idle_time_pass(session).value()) << "there is none";
    EXPECT_EQ(use().exit_code, 0);
    EXPECT_THAT(
        hook_names(*service_),
        ElementsAre("OnSessionCreated", "WslcVmStarted", "WslcVmStopping", "WslcVmStarted"));
}

TEST_F(ContainerVm, OfASessionInMemoryIsNeverIdle) {
    const auto session = service_->wslc().create_session({.display_name = "test"});
    ASSERT_TRUE(session);
    EXPECT_EQ(use().exit_code, 0);
    EXPECT_FALSE(service_->wslc().let_idle_time_pass(*session).value());
}

TEST_F(ContainerVm, ThatStopsForBeingIdleServesPluginsFromAnyThread) {
    plugin_.on(Hook::WslcVmStopping, [](const HookArguments& arguments) {
        const std::uint32_t id = arguments.container_session().SessionId;
        EXPECT_EQ(run_program(arguments.api, id, {"/bin/echo", "last"}).output, "last\n");
        std::thread([&] {
            EXPECT_EQ(run_program(arguments.api, id, {"/bin/echo", "words"}).output, "words\n");
        }).join();
        return code(0x80004005u);
    });
    const std::uint32_t session = make_running_session(*service_);
    EXPECT_TRUE(service_->wslc().let_idle_time_pass(session).value()) << "nobody can veto it";
    EXPECT_EQ(attempt_program(plugin_.api(), session, "/bin/true", {"true"}).result,
              vm_not_running);
}

TEST_F(ContainerVm, IsNewForAnOperationThatComesWhileTheOldOneStops) {
    std::future<int> late;
    bool is_first = true;
    plugin_.on(Hook::WslcVmStopping, [&](const HookArguments&) {
        if (std::exchange(is_first, false)) {
            late = std::async(std::launch::async, [&] { return use().exit_code; });
            EXPECT_EQ(late.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout);
        }
        return 0;
    });
    const std::uint32_t session = make_running_session(*service_);
    EXPECT_TRUE(service_->wslc().let_idle_time_pass(session).value());
    EXPECT_EQ(late.get(), 0);
    EXPECT_THAT(
        hook_names(*service_),
        ElementsAre("OnSessionCreated", "WslcVmStarted", "WslcVmStopping", "WslcVmStarted"));
    service_->stop();  // while what its hooks write to is there
}

TEST_F(ContainerVm, OfATerminatedSessionAbortsWhatPluginsCall) {
    plugin_.on(Hook::WslcVmStopping, [](const HookArguments& arguments) {
        const std::uint32_t id = arguments.container_session().SessionId;
        EXPECT_EQ(attempt_program(arguments.api, id, "/bin/true", {"true"}).result, abort_error);
        EXPECT_EQ(arguments.api.WSLCUnmountFolder(id, "/x"), abort_error);
        return 0;
    });
    const std::uint32_t session = make_running_session(*service_);
    ASSERT_TRUE(service_->wslc().terminate_session(session));
    EXPECT_EQ(plugin_.api().WSLCUnmountFolder(session, "/x"), session_not_found);
    EXPECT_THAT(
        hook_names(*service_),
        ElementsAre("OnSessionCreated", "WslcVmStarted", "WslcVmStopping", "OnSessionStopping"));
    EXPECT_EQ(use().exit_code, 1);
}

TEST_F(ContainerVm, OfASessionThatItsLastClientReleasedIsNotFound) {
    plugin_.on(Hook::WslcVmStopping, [](const HookArguments& arguments) {
        EXPECT_EQ(arguments.api.WSLCUnmountFolder(arguments.container_session().SessionId, "/x"),
                  session_not_found);
        return 0;
    });
    const std::uint32_t session = make_running_session(*service_);
    EXPECT_EQ(service_->wslc().open_session("test").value(), session);
    ASSERT_TRUE(service_->wslc().release_session(session));
    EXPECT_EQ(run_program(plugin_.api(), session, {"/bin/echo", "held"}).output, "held\n");
    ASSERT_TRUE(service_->wslc().release_session(session));
    EXPECT_THAT(hook_names(*service_),
                ElementsAre("OnSessionCreated", "WslcVmStarted", "WslcVmStopping"));
}

TEST_F(ContainerVm, ThatDiesEndsTheSession) {
    const std::uint32_t session = make_running_session(*service_);
    service_->wslc().publish({.reference = "base"});
    const UserOutput started = service_->wslc().in_session("test").run_detached(
        {.image = "base", .command = {"sleep", "1000"}});
    EXPECT_EQ(started.exit_code, 0) << started.text;
    ASSERT_TRUE(service_->wslc().crash_vm(session));
    EXPECT_EQ(plugin_.api().WSLCUnmountFolder(session, "/x"), session_not_found);
    EXPECT_THAT(hook_names(*service_),
                ElementsAre("OnSessionCreated",
                            "WslcVmStarted",
                            "ImageCreated",
                            "ContainerStarted",
                            "WslcVmStopping",
                            "OnSessionStopping"));
}

TEST_F(ContainerVm, OfAKilledSessionProcessStopsUntold) {
    const std::uint32_t session = make_running_session(*service_);
    ASSERT_TRUE(service_->wslc().kill_session_process(session));
    EXPECT_EQ(plugin_.api().WSLCUnmountFolder(session, "/x"), session_not_found);
    EXPECT_THAT(hook_names(*service_),
                ElementsAre("OnSessionCreated", "WslcVmStarted", "OnSessionStopping"));
}

TEST_F(ContainerVm, ThatNeverStartedIsNotToldToStop) {
    const std::uint32_t session = make_session(*service_);
    EXPECT_EQ(service_->wslc().crash_vm(session).error().code(), HResult::container_vm_not_running);
    ASSERT_TRUE(service_->wslc().terminate_session(session));
    EXPECT_EQ(service_->wslc().open_session("test").error().code(),
              HResult::container_session_not_found);
    EXPECT_THAT(hook_names(*service_), ElementsAre("OnSessionCreated", "OnSessionStopping"));
}

TEST_F(ContainerVm, EndsWhatWaitsWhenTheServiceStops) {
    (void)make_running_session(*service_);
    service_->wslc().publish({.reference = "base"});
    auto running = std::async(std::launch::async, [user = service_->wslc().in_session("test")] {
        return user.run({.image = "base", .command = {"sleep", "1000"}}).exit_code;
    });
    const auto has_started = [&] {
        const auto names = hook_names(*service_);
        return !names.empty() && names.back() == "ContainerStarted";
    };
    while (!has_started()) {
        std::this_thread::yield();
    }
    service_.reset();
    EXPECT_NE(running.get(), 0);
}

}  // namespace
}  // namespace wslplugins::testhost
