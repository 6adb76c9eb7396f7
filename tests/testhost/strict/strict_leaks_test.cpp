// SPDX-License-Identifier: MIT
#include "testhost/strict/strict_service.hpp"

#include "platform/dynamic_library.hpp"
#include "platform/exit_event.hpp"
#include "platform/peer_process.hpp"
#include "platform/socket.hpp"
#include "testhost/wslc/wslc_probe.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(StrictLeak, IsReportedForASocketThatIsNeverClosed) {
    RelayedPlugin plugin('a');
    abi::SOCKET kept = 0;
    plugin.on(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        const auto [result, socket] = run_true(arguments.api, arguments.session().SessionId);
        kept = socket;
        return result;
    });
    EXPECT_THAT(findings_in_a_run(plugin), ElementsAre("a OnVMStarted socket-leaked"));
    const platform::Socket closes(kept);
}

TEST(StrictLeak, IsNotReportedForASocketThatIsClosedAndItsNumberInUseAgain) {
    RelayedPlugin plugin('a');
    platform::Socket other;
    plugin.on(Hook::OnVMStarted, [&](const HookArguments& arguments) {
        const auto [result, socket] = run_true(arguments.api, arguments.session().SessionId);
        {
            const platform::Socket closes(socket);
        }
        auto listener = platform::Listener::open();
        other = platform::Socket::connect_loopback(listener->port()).value();
        return result;
    });
    EXPECT_THAT(findings_in_a_run(plugin), IsEmpty());
}

/// A program of the plugin's own, which runs until it is ended.
class StrictChild : public testing::Test {
protected:
    StrictChild() {
        plugin_.on(Hook::OnVMStarted, [this](const HookArguments&) {
            auto started = platform::PeerProcess::start(find_plugin_host_program().value());
            EXPECT_TRUE(started) << started.error().to_string();
            child_.emplace(std::move(*started));
            return 0;
        });
        plugin_.on(Hook::OnVMStopping, [](const HookArguments&) { return 0; });
    }
    ~StrictChild() override {
        if (child_) {
            end();
        }
    }

    void end() {
        child_->channel().shut();
        (void)child_->finish(std::chrono::steady_clock::now() + std::chrono::seconds(60));
    }

    RelayedPlugin plugin_{'a'};
    std::optional<platform::PeerProcess> child_;
};

TEST_F(StrictChild, IsReportedWhenItRunsAsTheServiceHasStopped) {
    EXPECT_THAT(findings_in_a_run(plugin_), ElementsAre("a - process-leaked"));
}

TEST_F(StrictChild, IsNotReportedWhenThePluginHasEndedIt) {
    plugin_.on(Hook::OnVMStopping, [this](const HookArguments&) {
        end();
        return 0;
    });
    EXPECT_THAT(findings_in_a_run(plugin_), IsEmpty());
}

TEST_F(StrictChild, IsNotReportedWhenItWasThereBeforeTheService) {
    auto other = platform::PeerProcess::start(find_plugin_host_program().value());
    ASSERT_TRUE(other) << other.error().to_string();
    child_.emplace(std::move(*other));
    plugin_.on(Hook::OnVMStarted, [](const HookArguments&) { return 0; });
    EXPECT_THAT(findings_in_a_run(plugin_), IsEmpty());
}

/// The plugin with a thread of its own, which the test keeps loaded: the thread can still be ended afterwards.
class StrictThread : public testing::Test {
protected:
    void SetUp() override { library_.emplace(platform::DynamicLibrary::open(path_).value()); }

    std::vector<std::string> findings_when_it_ends(bool in_time) {
        const auto setter =
            reinterpret_cast<void (*)(bool)>(library_->find("wslplugins_fixture_end_in_time"));
        setter(in_time);
        ServiceOptions options = strict_options({});
        options.plugins.push_back({"threaded", path_});
        auto found = findings_in_a_run(std::move(options));
        reinterpret_cast<void (*)()>(library_->find("wslplugins_fixture_end_thread"))();
        return found;
    }

    const std::string path_ = raw_fixture("threaded_plugin");
    std::optional<platform::DynamicLibrary> library_;
};

TEST_F(StrictThread, IsReportedWhenItRunsAsTheLibraryIsReleased) {
    EXPECT_THAT(findings_when_it_ends(false), ElementsAre("threaded - thread-outlives-plugin"));
}

TEST_F(StrictThread, IsNotReportedWhenItHasEnded) {
    EXPECT_THAT(findings_when_it_ends(true), IsEmpty());
}

/// A session with a machine in which `/bin/true` can be started.
class StrictProcess : public testing::Test {
protected:
    void SetUp() override {
        plugin_.watch_everything();
        ServiceOptions options = strict_options({&plugin_});
        options.backend = Backend::Guest;  // the scripted one has no programs in container sessions
        service_ = start_service(std::move(options));
        session_ = make_running_session(*service_);
    }

    [[nodiscard]] abi::WSLCProcessHandle start() const {
        const auto attempt = attempt_program(plugin_.api(), session_, "/bin/true", {"true"});
        EXPECT_EQ(attempt.result, 0);
        return attempt.process;
    }

    RelayedPlugin plugin_{'a'};
    std::unique_ptr<Service> service_;
    std::uint32_t session_ = 0;
};

TEST_F(StrictProcess, IsReportedWhenItIsNeverReleased) {
    (void)start();
    service_->stop();
    EXPECT_THAT(findings_of(*service_), ElementsAre("a - handle-leaked"));
}

TEST_F(StrictProcess, IsReportedWhenAStreamIsNeverClosed) {
    const abi::WSLCProcessHandle process = start();
    abi::HANDLE stream = nullptr;
    EXPECT_EQ(plugin_.api().WSLCProcessGetFd(process, abi::WSLCProcessFdStdout, &stream), 0);
    plugin_.api().WSLCReleaseProcess(process);
    service_->stop();
    EXPECT_THAT(findings_of(*service_), ElementsAre("a - handle-leaked"));
    const platform::Socket closes(platform::socket_of(stream));
}

TEST_F(StrictProcess, IsReportedWhenAnExitEventIsNeverClosed) {
    const abi::WSLCProcessHandle process = start();
    abi::HANDLE event = nullptr;
    EXPECT_EQ(plugin_.api().WSLCProcessGetExitEvent(process, &event), 0);
    plugin_.api().WSLCReleaseProcess(process);
    service_->stop();
    EXPECT_THAT(findings_of(*service_), ElementsAre("a - handle-leaked"));
    EXPECT_EQ(detail(entry_named(*service_, "handle-leaked"), "call"), "WSLCProcessGetExitEvent");
    const platform::ExitEvent closes(event);
}

TEST_F(StrictProcess, IsNotReportedWhenAnExitEventIsClosedAndItsNumberInUseAgain) {
    const abi::WSLCProcessHandle process = start();
    abi::HANDLE event = nullptr;
    EXPECT_EQ(plugin_.api().WSLCProcessGetExitEvent(process, &event), 0);
    {
        const platform::ExitEvent closes(event);
    }
    std::vector<platform::ExitEvent> others;
    while (others.size() < 256 && (others.empty() || others.back().raw() != event)) {
        others.push_back(platform::ExitEvent::create().value());
    }
    plugin_.api().WSLCReleaseProcess(process);
    service_->stop();
    EXPECT_THAT(findings_of(*service_), IsEmpty());
}

TEST_F(StrictProcess, IsReportedOnAnotherThread) {
    const abi::WSLCProcessHandle process = start();
    std::thread([&] {
        int exit_code = 0;
        EXPECT_EQ(plugin_.api().WSLCProcessGetExitCode(process, &exit_code), code(0x8001010Eu));
    }).join();
    plugin_.api().WSLCReleaseProcess(process);
    EXPECT_THAT(findings_of(*service_), ElementsAre("a - process-used-on-other-thread"));
}

TEST_F(StrictProcess, IsReportedAfterItsRelease) {
    const abi::WSLCProcessHandle process = start();
    plugin_.api().WSLCReleaseProcess(process);
    plugin_.api().WSLCReleaseProcess(process);
    EXPECT_THAT(findings_of(*service_), ElementsAre("a - process-used-after-release"));
}

TEST_F(StrictProcess, IsNotReportedWhenAllIsGivenBack) {
    const abi::WSLCProcessHandle process = start();
    {
        const auto closes = take_stream(plugin_.api(), process, abi::WSLCProcessFdStdout);
    }
    plugin_.api().WSLCReleaseProcess(process);
    service_->stop();
    EXPECT_THAT(findings_of(*service_), IsEmpty());
}

TEST_F(StrictProcess, IsReportedInASessionThatHasEnded) {
    EXPECT_TRUE(service_->wslc().terminate_session(session_));
    (void)attempt_program(plugin_.api(), session_, "/bin/true", {"true"});
    EXPECT_THAT(findings_of(*service_), ElementsAre("a - session-used-after-end"));
}

}  // namespace
}  // namespace wslplugins::testhost
