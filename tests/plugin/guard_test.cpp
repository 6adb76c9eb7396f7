// SPDX-License-Identifier: MIT
// Every way to fail, from every hook: what WSL gets, what the user sees, what the log says.
#include "plugin/call_hooks.hpp"
#include "plugin/caught_log.hpp"
#include "plugin/failure_kinds.hpp"
#include "plugin/recording_plugin.hpp"

#include <wslplugins/plugin/load_plugin.hpp>

#include <gtest/gtest.h>

#include <cerrno>
#include <thread>

namespace wslplugins {
namespace {

using tests::call_hook;
using tests::CaughtLog;
using tests::RawWsl;

using Failing = tests::RecordingPlugin<struct GuardTest>;

class Guard : public testing::Test {
protected:
    Guard() {
        wsl.make_current();
        EXPECT_EQ(0, load_plugin<Failing>(wsl.api(), wsl.hooks()));
    }
    ~Guard() override { Failing::behaviour = nullptr; }

    static inline RawWsl* const shared =
        new RawWsl({2, 9, 5});  // the plugin is made once, for one WSL
    RawWsl& wsl = *shared;
};

TEST_F(Guard, TurnsEveryFailureOfEveryHookIntoItsCode) {
    for (const HookSlot& slot : hook_slots) {
        const Hook hook = slot.hook;
        for (const tests::FailureKind& kind : tests::failure_kinds) {
            SCOPED_TRACE(std::string(slot_of(hook).name) + ": " + kind.name);
            const CaughtLog log;
            wsl.user_messages.clear();
            Failing::behaviour = kind.behave;
            EXPECT_EQ(kind.code, call_hook(wsl, hook)) << to_string(kind.code);
            EXPECT_EQ(slot_of(hook).can_veto ? kind.message : std::vector<std::string>(),
                      wsl.user_messages);
            EXPECT_TRUE(log.contains(std::string(" error ") + std::string(slot_of(hook).name)));
            EXPECT_TRUE(log.contains(kind.logged)) << testing::PrintToString(log.lines());
        }
    }
}

TEST_F(Guard, SendsARefusalsMessageOnceOnTheHooksThread) {
    const CaughtLog log;
    wsl.user_messages.clear();
    wsl.user_message_threads.clear();
    Failing::behaviour = [] {
        return PluginResult<>(refuse(HResult::access_denied, "Caf\xC3\xA9 is closed."));
    };
    std::thread::id hook_thread;
    std::thread wsl_thread([&] {
        hook_thread = std::this_thread::get_id();
        EXPECT_EQ(HResult::access_denied, call_hook(wsl, Hook::OnVMStarted));
    });
    wsl_thread.join();
    EXPECT_EQ(std::vector<std::string>{"Caf\xC3\xA9 is closed."}, wsl.user_messages);
    EXPECT_EQ(std::vector{hook_thread}, wsl.user_message_threads);
}

TEST_F(Guard, SendsNoMessageThatCannotCrossTheBorderButKeepsTheCode) {
    for (const std::string& message :
         {std::string("no \xFF utf-8"), std::string("cut\0here", 8), std::string()}) {
        const CaughtLog log;
        wsl.user_messages.clear();
        Failing::behaviour = [&] {
            return PluginResult<>(refuse(HResult::access_denied, message));
        };
        EXPECT_EQ(HResult::access_denied, call_hook(wsl, Hook::OnDistributionStarted));
        EXPECT_TRUE(wsl.user_messages.empty());
        EXPECT_EQ(!message.empty(), log.contains("warning OnDistributionStarted"));
    }
}

TEST_F(Guard, SaysNothingToTheUserWhenAHookSucceeds) {
    wsl.user_messages.clear();
    for (const HookSlot& slot : hook_slots) {
        EXPECT_EQ(HResult::ok, call_hook(wsl, slot.hook));
    }
    EXPECT_TRUE(wsl.user_messages.empty());
}

TEST_F(Guard, AnswersNullDataWithACodeInsteadOfACrash) {
    const CaughtLog log;
    const abi::WSLSessionInformation session{};
    EXPECT_EQ(HResult::null_pointer, HResult(wsl.hooks()->OnVMStopping(nullptr)));
    EXPECT_EQ(HResult::null_pointer, HResult(wsl.hooks()->OnVMStarted(&session, nullptr)));

    const abi::WSLCSessionInformation container_session{};
    for (const auto started : {wsl.hooks()->OnSessionCreated, wsl.hooks()->WslcVmStarted}) {
        EXPECT_EQ(HResult::null_pointer, HResult(started(nullptr)));
    }
    for (const auto told : {wsl.hooks()->ContainerStarted,
                            wsl.hooks()->ContainerStopping,
                            wsl.hooks()->ImageCreated,
                            wsl.hooks()->ImageDeleted}) {
        EXPECT_EQ(HResult::null_pointer, HResult(told(nullptr, "")));
        EXPECT_EQ(HResult::null_pointer, HResult(told(&container_session, nullptr)));
        EXPECT_EQ(HResult::ok, HResult(told(&container_session, "")));
    }
}

TEST_F(Guard, LetsOneHookRunAtATime) {
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    Failing::behaviour = [&] {
        most = (std::max)(most.load(), ++inside);
        std::this_thread::yield();
        --inside;
        return PluginResult<>();
    };
    const auto call_many = [&] {
        for (int i = 0; i < 500; ++i) {
            EXPECT_EQ(HResult::ok, call_hook(wsl, Hook::OnVMStopping));
        }
    };
    std::thread first(call_many);
    std::thread second(call_many);
    first.join();
    second.join();
    EXPECT_EQ(1, most);
}

TEST_F(Guard, LetsWslCallAHookInsideAHook) {
    int depth = 0;
    Failing::behaviour = [&]() -> PluginResult<> {
        if (++depth == 1) {
            EXPECT_EQ(HResult::ok, call_hook(wsl, Hook::OnVMStopping));
        }
        return {};
    };
    EXPECT_EQ(HResult::ok, call_hook(wsl, Hook::OnVMStarted));
    EXPECT_EQ(2, depth);
}

}  // namespace
}  // namespace wslplugins
