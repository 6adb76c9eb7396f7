// SPDX-License-Identifier: MIT
// When the framework drains a plugin's background queue, and that it never waits for long.
#include "plugin/caught_log.hpp"
#include "support/raw_wsl.hpp"

#include <wslplugins/plugin/background_queue.hpp>
#include <wslplugins/plugin/load_plugin.hpp>

#include <gtest/gtest.h>

#include <future>

namespace wslplugins {
namespace {
using namespace std::chrono_literals;
using tests::CaughtLog;
using tests::RawWsl;

RawWsl& the_wsl() {
    static auto* const only = new RawWsl({2, 9, 5});  // plugins are made once, for one WSL
    only->make_current();
    return *only;
}

/// Counts on the framework alone to drain: its hooks do nothing.
template <class Test>
class Queueing : public Plugin {
public:
    explicit Queueing(const Context& context)
        : Plugin(context), queue(context, {.drain_time = drain_time}) {
        self = this;
    }

    PluginResult<> on_vm_started(const Session&, const VmSettings&) override { return {}; }
    WinResult<> on_vm_stopping(const Session&) override { return {}; }
    PluginResult<> on_wslc_session_created(const WslcSession&) override { return {}; }
    WinResult<> on_wslc_session_stopping(const WslcSession&) override { return {}; }
    WinResult<> on_wslc_vm_started(const WslcSession&) override { return {}; }

    static inline Queueing* self = nullptr;
    static inline std::chrono::milliseconds drain_time = 1ms;

    BackgroundQueue queue;
};

/// A job that runs until it is asked to stop.
class Endless {
public:
    explicit Endless(BackgroundQueue& queue) {
        EXPECT_TRUE(queue.post("endless", [this](const StopSignal& stop) -> WinResult<> {
            runs_.set_value();
            asked_.set_value(stop.wait_for(60s));
            return {};
        }));
        runs_.get_future().wait();
    }

    [[nodiscard]] bool was_asked() {
        return result_.wait_for(0s) == std::future_status::ready && result_.get();
    }
    [[nodiscard]] bool is_asked() { return result_.get(); }

private:
    std::promise<void> runs_;
    std::promise<bool> asked_;
    std::future<bool> result_ = asked_.get_future();
};

void start_vm(RawWsl& wsl, abi::WSLSessionId id) {
    const abi::WSLSessionInformation session{id, nullptr, nullptr};
    const abi::WSLVmCreationSettings settings{};
    EXPECT_EQ(0, wsl.hooks()->OnVMStarted(&session, &settings));
}

void stop_vm(RawWsl& wsl, abi::WSLSessionId id) {
    const abi::WSLSessionInformation session{id, nullptr, nullptr};
    EXPECT_EQ(0, wsl.hooks()->OnVMStopping(&session));
}

TEST(Draining, ComesAfterTheLastUsersVirtualMachineStops) {
    using Last = Queueing<struct LastTest>;
    RawWsl& wsl = the_wsl();
    const CaughtLog log;
    ASSERT_EQ(0, load_plugin<Last>(wsl.api(), wsl.hooks()));
    start_vm(wsl, 1);
    start_vm(wsl, 2);
    start_vm(wsl, 1);  // again, after a stop that WSL did not tell of
    Endless job(Last::self->queue);
    stop_vm(wsl, 1);
    EXPECT_FALSE(job.was_asked());
    stop_vm(wsl, 2);
    EXPECT_TRUE(job.is_asked());
    EXPECT_TRUE(log.contains("0 waiting jobs were discarded"));
}

TEST(Draining, ComesAgainAfterTheNextVirtualMachine) {
    using Again = Queueing<struct AgainTest>;
    RawWsl& wsl = the_wsl();
    const CaughtLog log;
    ASSERT_EQ(0, load_plugin<Again>(wsl.api(), wsl.hooks()));
    for (int i = 0; i < 2; ++i) {
        start_vm(wsl, 1);
        Endless job(Again::self->queue);
        stop_vm(wsl, 1);
        EXPECT_TRUE(job.is_asked());
    }
}

TEST(Draining, WaitsForContainerSessionsToo) {
    using Both = Queueing<struct BothTest>;
    RawWsl& wsl = the_wsl();
    const CaughtLog log;
    ASSERT_EQ(0, load_plugin<Both>(wsl.api(), wsl.hooks()));
    const abi::WSLCSessionInformation vetoed_by_another{1, nullptr, 0, nullptr, nullptr};
    const abi::WSLCSessionInformation accepted{2, nullptr, 0, nullptr, nullptr};
    EXPECT_EQ(0, wsl.hooks()->OnSessionCreated(&vetoed_by_another));
    EXPECT_EQ(0, wsl.hooks()->OnSessionCreated(&accepted));
    EXPECT_EQ(0, wsl.hooks()->WslcVmStarted(&accepted));
    start_vm(wsl, 2);
    Endless job(Both::self->queue);
    stop_vm(wsl, 2);
    EXPECT_FALSE(job.was_asked());
    EXPECT_EQ(0, wsl.hooks()->OnSessionStopping(&accepted));
    EXPECT_TRUE(job.is_asked());
}

TEST(Draining, FinishesWhatTheLastHooksQueuedWhileTimeLasts) {
    using Patient = Queueing<struct PatientTest>;
    Patient::drain_time = 30s;
    RawWsl& wsl = the_wsl();
    const CaughtLog log;
    ASSERT_EQ(0, load_plugin<Patient>(wsl.api(), wsl.hooks()));
    start_vm(wsl, 1);
    std::atomic<int> ran = 0;
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(Patient::self->queue.post("count", [&](const StopSignal&) -> WinResult<> {
            ++ran;
            return {};
        }));
    }
    stop_vm(wsl, 1);
    EXPECT_EQ(10, ran);
    EXPECT_TRUE(log.lines().empty()) << testing::PrintToString(log.lines());
}

TEST(Draining, LetsTheHookReturnWhileAJobWaitsForTheLockThatWslHolds) {
    using Trapped = Queueing<struct TrapTest>;
    RawWsl& wsl = the_wsl();
    const CaughtLog log;
    ASSERT_EQ(0, load_plugin<Trapped>(wsl.api(), wsl.hooks()));
    start_vm(wsl, 1);
    // WSL holds it while it calls a hook, and takes it for a call. Static, because the thread sanitizer takes
    // a later mutex at the same address for the same one.
    static std::mutex sessions_lock;
    std::promise<void> calls;
    std::promise<void> answered;
    {
        const std::lock_guard held_by_wsl(sessions_lock);
        ASSERT_TRUE(Trapped::self->queue.post("call", [&](const StopSignal&) -> WinResult<> {
            calls.set_value();
            sessions_lock.lock();
            sessions_lock.unlock();
            answered.set_value();
            return {};
        }));
        calls.get_future().wait();
        stop_vm(wsl, 1);  // does not wait for ever
    }
    answered.get_future().wait();
    EXPECT_TRUE(log.contains("a job still runs and was asked to stop"));
}

TEST(Draining, DoesNotWaitForTheJobThatWslCallsTheHookFrom) {
    using Nested = Queueing<struct NestedTest>;
    Nested::drain_time = 30s;
    RawWsl& wsl = the_wsl();
    const CaughtLog log;
    ASSERT_EQ(0, load_plugin<Nested>(wsl.api(), wsl.hooks()));
    const abi::WSLCSessionInformation gone{1, nullptr, 0, nullptr, nullptr};
    std::promise<void> done;
    ASSERT_TRUE(Nested::self->queue.post("call", [&](const StopSignal& stop) -> WinResult<> {
        // WSL finds during a call that a session is gone, and says so on the calling thread.
        EXPECT_EQ(0, wsl.hooks()->OnSessionStopping(&gone));
        EXPECT_FALSE(stop.is_set());
        done.set_value();
        return {};
    }));
    done.get_future().wait();
    EXPECT_TRUE(log.lines().empty()) << testing::PrintToString(log.lines());
}

class NeverStopping : public Plugin {
public:
    explicit NeverStopping(const Context& context)
        : Plugin(context), one_queue(context), another_queue(context) {}
    PluginResult<> on_vm_started(const Session&, const VmSettings&) override { return {}; }
    BackgroundQueue one_queue;
    BackgroundQueue another_queue;
};

TEST(Draining, IsWarnedOfOnceWhereNoStoppingHookIsOverridden) {
    RawWsl& wsl = the_wsl();
    const CaughtLog log;
    ASSERT_EQ(0, load_plugin<NeverStopping>(wsl.api(), wsl.hooks()));
    ASSERT_EQ(1u, log.lines().size());
    EXPECT_TRUE(log.contains("is never drained"));
    start_vm(wsl, 1);
}

class NotMade : public Plugin {
public:
    explicit NotMade(const Context& context)
        : Plugin(context), queue(context, {.drain_time = 1ms}) {
        const auto posted = queue.post("outliving", [](const StopSignal&) -> WinResult<> {
            runs.set_value();
            may_end.get_future().wait();
            return failure(HResult::aborted, "The plugin is gone");
        });
        EXPECT_TRUE(posted.has_value());
        runs.get_future().wait();
        throw std::runtime_error("No configuration");
    }
    WinResult<> on_vm_stopping(const Session&) override { return {}; }

    static inline std::promise<void> runs;
    static inline std::promise<void> may_end;
    BackgroundQueue queue;
};

TEST(Draining, LeavesAJobItsContextWhenThePluginIsNotMade) {
    RawWsl& wsl = the_wsl();
    const CaughtLog log;
    EXPECT_EQ(HResult::unhandled_exception, HResult(load_plugin<NotMade>(wsl.api(), wsl.hooks())));
    EXPECT_TRUE(log.contains("a job still runs"));
    NotMade::may_end.set_value();
    while (!log.contains("error outliving: The plugin is gone")) {
        std::this_thread::yield();
    }
}

}  // namespace
}  // namespace wslplugins
