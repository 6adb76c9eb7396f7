// SPDX-License-Identifier: MIT
#include "platform/tick_count.hpp"
#include "plugin/call_hooks.hpp"
#include "plugin/caught_log.hpp"
#include "plugin/failure_kinds.hpp"
#include "plugin/recording_plugin.hpp"

#include <wslplugins/plugin/load_plugin.hpp>

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace wslplugins {
namespace {
using namespace std::chrono_literals;
using tests::call_hook;
using tests::CaughtLog;
using tests::RawWsl;

RawWsl& the_wsl() {
    static auto* const only = new RawWsl({2, 9, 5});  // plugins are made once, for one WSL
    only->make_current();
    only->user_messages.clear();
    return *only;
}

TEST(PluginPolicy, SaysWhatItWasTold) {
    constexpr PluginPolicy none;
    static_assert(!none.fails_open(Hook::OnVMStarted) && !none.has_parallel_hooks());
    static_assert(none.time_budget_of(Hook::WslcVmStopping) == 10s);

    constexpr PluginPolicy some = PluginPolicy()
                                      .time_budget(1s)
                                      .fail_open(Hook::OnVMStarted)
                                      .time_budget(Hook::ImageCreated, 2min);
    static_assert(some.fails_open(Hook::OnVMStarted) && !some.fails_open(Hook::OnVMStopping));
    static_assert(some.time_budget_of(Hook::ImageCreated) == 2min);
    static_assert(some.time_budget_of(Hook::ImageDeleted) == 1s);

    constexpr PluginPolicy all = PluginPolicy().fail_open().parallel_hooks();
    for (const HookSlot& slot : hook_slots) {
        EXPECT_TRUE(all.fails_open(slot.hook)) << slot.name;
    }
    EXPECT_TRUE(all.has_parallel_hooks());
}

class FailingOpen : public tests::RecordingPlugin<struct FailOpenTest> {
public:
    using RecordingPlugin::RecordingPlugin;
    static constexpr PluginPolicy policy = PluginPolicy().fail_open();
};

TEST(FailingOpenPolicy, OverlooksEveryFailureAndNoRefusal) {
    RawWsl& wsl = the_wsl();
    ASSERT_EQ(0, load_plugin<FailingOpen>(wsl.api(), wsl.hooks()));
    for (const HookSlot& slot : hook_slots) {
        const Hook hook = slot.hook;
        for (const tests::FailureKind& kind : tests::failure_kinds) {
            SCOPED_TRACE(std::string(slot_of(hook).name) + ": " + kind.name);
            const CaughtLog log;
            wsl.user_messages.clear();
            FailingOpen::behaviour = kind.behave;
            const bool vetoes = kind.is_refusal && slot_of(hook).can_veto;
            EXPECT_EQ(vetoes ? kind.code : HResult::ok, call_hook(wsl, hook));
            EXPECT_EQ(vetoes ? kind.message : std::vector<std::string>(), wsl.user_messages);
            EXPECT_TRUE(log.contains(kind.logged)) << testing::PrintToString(log.lines());
            EXPECT_EQ(!vetoes, log.contains("fails open"));
        }
    }
    FailingOpen::behaviour = nullptr;
}

class OpenAtOneHook : public tests::RecordingPlugin<struct OpenAtOneHookTest> {
public:
    using RecordingPlugin::RecordingPlugin;
    static constexpr PluginPolicy policy = PluginPolicy().fail_open(Hook::OnVMStopping);
};

TEST(FailingOpenPolicy, CountsForTheHooksThatItNames) {
    RawWsl& wsl = the_wsl();
    const CaughtLog log;
    ASSERT_EQ(0, load_plugin<OpenAtOneHook>(wsl.api(), wsl.hooks()));
    OpenAtOneHook::behaviour = [] { return PluginResult<>(failure(HResult::timeout, "Late")); };
    for (const HookSlot& slot : hook_slots) {
        const Hook hook = slot.hook;
        EXPECT_EQ(hook == Hook::OnVMStopping ? HResult::ok : HResult::timeout,
                  call_hook(wsl, hook));
    }
    OpenAtOneHook::behaviour = nullptr;
}

TEST(FailingOpenPolicy, HoldsForAHookInsideAHook) {
    RawWsl& wsl = the_wsl();
    const CaughtLog log;
    ASSERT_EQ(0, load_plugin<OpenAtOneHook>(wsl.api(), wsl.hooks()));
    int depth = 0;
    OpenAtOneHook::behaviour = [&]() -> PluginResult<> {
        if (++depth == 1) {
            EXPECT_EQ(HResult::ok, call_hook(wsl, Hook::OnVMStopping));
        }
        return failure(HResult::timeout, "Late");
    };
    EXPECT_EQ(HResult::timeout, call_hook(wsl, Hook::OnVMStarted));
    EXPECT_EQ(2, depth);
    OpenAtOneHook::behaviour = nullptr;
}

class NoPluginAtAll : public Plugin {
public:
    static constexpr PluginPolicy policy = PluginPolicy().fail_open();
    static WinResult<std::unique_ptr<NoPluginAtAll>> create(const Context&) {
        return failure(HResult::file_not_found, "No configuration");
    }
};

TEST(FailingOpenPolicy, DoesNotCountForTheEntryPoint) {
    RawWsl& wsl = the_wsl();
    const CaughtLog log;
    EXPECT_EQ(HResult::file_not_found, HResult(load_plugin<NoPluginAtAll>(wsl.api(), wsl.hooks())));
}

class Hurried : public tests::RecordingPlugin<struct TimeBudgetTest> {
public:
    using RecordingPlugin::RecordingPlugin;
    static constexpr PluginPolicy policy = PluginPolicy().time_budget(Hook::OnVMStarted, 1ms);
};

PluginResult<> take_more_than_a_millisecond() {
    const std::uint64_t began = platform::tick_count();
    while (platform::tick_count() < began + 2) {
        std::this_thread::yield();
    }
    return {};
}

TEST(TimeBudget, IsLoggedWhenAHookTookLonger) {
    RawWsl& wsl = the_wsl();
    ASSERT_EQ(0, load_plugin<Hurried>(wsl.api(), wsl.hooks()));
    Hurried::behaviour = take_more_than_a_millisecond;
    const CaughtLog log;
    EXPECT_EQ(HResult::ok, call_hook(wsl, Hook::OnVMStarted));
    EXPECT_TRUE(log.contains("warning OnVMStarted: took ")) << testing::PrintToString(log.lines());
    EXPECT_TRUE(log.contains("its time budget is 1 ms"));
    Hurried::behaviour = nullptr;
}

TEST(TimeBudget, IsLoggedWhenAHookTookLongerAndFailed) {
    RawWsl& wsl = the_wsl();
    ASSERT_EQ(0, load_plugin<Hurried>(wsl.api(), wsl.hooks()));
    Hurried::behaviour = []() -> PluginResult<> {
        (void)take_more_than_a_millisecond();
        throw 42;
    };
    const CaughtLog log;
    EXPECT_EQ(HResult::unexpected, call_hook(wsl, Hook::OnVMStarted));
    EXPECT_TRUE(log.contains("warning OnVMStarted: took "));
    Hurried::behaviour = nullptr;
}

TEST(TimeBudget, IsNotMentionedWhenAHookIsInTime) {
    RawWsl& wsl = the_wsl();
    ASSERT_EQ(0, load_plugin<Hurried>(wsl.api(), wsl.hooks()));
    Hurried::behaviour = take_more_than_a_millisecond;
    const CaughtLog log;
    EXPECT_EQ(HResult::ok, call_hook(wsl, Hook::OnVMStopping));
    EXPECT_TRUE(log.lines().empty()) << testing::PrintToString(log.lines());
    Hurried::behaviour = nullptr;
}

/// A hook of one session that ends only when that of another session has begun.
class Parallel final : public Plugin {
public:
    using Plugin::Plugin;
    static constexpr PluginPolicy policy = PluginPolicy().parallel_hooks();

    static inline std::promise<void> began[2];

    WinResult<> on_vm_stopping(const Session& session) override {
        const std::size_t self = session.id().value();
        began[self].set_value();
        if (began[1 - self].get_future().wait_for(60s) != std::future_status::ready) {
            return failure(HResult::timeout, "The other session's hook did not run");
        }
        return {};
    }
};

TEST(ParallelHooks, RunAtTheSameTime) {
    RawWsl& wsl = the_wsl();
    const CaughtLog log;
    ASSERT_EQ(0, load_plugin<Parallel>(wsl.api(), wsl.hooks()));
    const auto stop = [&](abi::WSLSessionId id) {
        const abi::WSLSessionInformation session{id, nullptr, nullptr};
        EXPECT_EQ(HResult::ok, HResult(wsl.hooks()->OnVMStopping(&session)));
    };
    std::thread first(stop, 0);
    std::thread second(stop, 1);
    first.join();
    second.join();
}

}  // namespace
}  // namespace wslplugins
