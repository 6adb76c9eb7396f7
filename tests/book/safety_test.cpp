// SPDX-License-Identifier: MIT
// What docs/ffi-and-safety.md says, done.
#include <wslplugins/plugin/background_queue.hpp>
#include <wslplugins/plugin/linked_plugin.hpp>
#include <wslplugins/testhost/google_plugin_test.hpp>
#include <wslplugins/wslplugins.hpp>

#include <atomic>
#include <thread>

using namespace wslplugins;
using namespace std::chrono_literals;
using testhost::GooglePluginTest;

namespace {

// [region: background]
class Accounts final : public Plugin {
public:
    explicit Accounts(const Context& context) : Plugin(context), queue_(context) {}

    PluginResult<> on_vm_started(const Session& session, const VmSettings&) override {
        auto kept = session.to_owned();  // the view itself ends with the hook
        if (!kept) {
            return propagate(kept.error());
        }
        const auto posted = queue_.post("account", [this, kept](const StopSignal&) -> WinResult<> {
            // May ask a domain controller: seconds, which no hook has.
            const auto account = kept->user_sid->account_name();
            log().info("account", account ? account->name : account.error().to_string());
            return {};
        });
        if (!posted) {
            log().warning("account", "the queue is full");  // not worth a virtual machine
        }
        return {};
    }

    WinResult<> on_vm_stopping(const Session&) override { return {}; }

private:
    BackgroundQueue queue_;
};
// [end: background]

// [region: patient]
WinResult<> watch(const Log& log, const StopSignal& stop) {
    for (int round = 1; !stop.wait_for(100ms); ++round) {  // in place of a sleep
        log.debug("round", std::to_string(round));
    }
    return {};
}
// [end: patient]

// [region: parallel]
class Counting final : public Plugin {
public:
    using Plugin::Plugin;
    static constexpr PluginPolicy policy = PluginPolicy().parallel_hooks();

    PluginResult<> on_vm_started(const Session&, const VmSettings&) override {
        log().info("machines", std::to_string(++machines_));
        return {};
    }

private:
    std::atomic<int> machines_{0};
};
// [end: parallel]

// [region: thread-local]
class Depth final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session&, const VmSettings&) override {
        ++depth_;  // 2 where a call of WSL in this hook enters a hook again on this thread
        log().info("depth", std::to_string(depth_));
        --depth_;
        return {};
    }

private:
    static inline thread_local int depth_ = 0;  // a number, which nothing has to destroy
};
// [end: thread-local]

// [region: impersonation]
PluginResult<> act_as_user(const Session& session, const Log& log) {
    const auto token = session.user_token();
    if (!token) {
        return {};  // no virtual machine, no token
    }
    const auto as_user = Impersonation::start(*token);
    if (!as_user) {
        return propagate(as_user.error());
    }
    log.info("as-user", "files are opened with the user's rights here");
    return {};  // the thread is the service's again
}
// [end: impersonation]

// [region: raw]
class RawLook final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session& session, const VmSettings& settings) override {
        const wslplugins::abi::WSLSessionInformation* const information = session.raw();
        log().info("session", std::to_string(information->SessionId));
        log().info("flags", std::to_string(settings.raw()->CustomConfigurationFlags));
        // A slot of the table exists only where the version has it.
        if (supports(api().version(), Capability::ExecuteBinaryInDistribution)) {
            const auto call = api().raw()->ExecuteBinaryInDistribution;
            log().info("call", call != nullptr ? "there" : "missing");
        }
        return {};
    }
};
// [end: raw]

class AsUser final : public Plugin {
public:
    using Plugin::Plugin;

    PluginResult<> on_vm_started(const Session& session, const VmSettings&) override {
        return act_as_user(session, log());
    }
};

TEST(BookSafety, SlowWorkGoesOnInTheBackgroundAndIsDrained) {
    GooglePluginTest test;
    test.add_plugin("accounts", linked_plugin<Accounts>());
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.stop();
    test.expect_log("account: ");
}

TEST(BookSafety, AJobEndsWhenItIsTold) {
    class Lines final : public LogSink {
    public:
        void write(const LogRecord&) noexcept override { ++lines; }
        std::atomic<int> lines{0};
    };
    Lines lines;
    StopSignal stop;
    stop.set();
    EXPECT_TRUE(watch(Log(lines), stop));
    EXPECT_EQ(lines.lines, 0);
}

TEST(BookSafety, HooksOfSeveralUsersMayRunAtTheSameTime) {
    GooglePluginTest test;
    test.add_plugin("counting", linked_plugin<Counting>());
    test.expect_success(test.user().launch("Debian", {"true"}));
    test.expect_log("machines: 1");
}

TEST(BookSafety, AThreadsOwnNumberIsTheHooksOfThatThread) {
    GooglePluginTest test;
    test.add_plugin("depth", linked_plugin<Depth>());
    test.options().distributions = {
        {.name = "Debian", .id = {}, .package_family_name = {}},
        {.name = "Debian", .id = {}, .package_family_name = {}, .user = "alice"}};
    test.expect_success(test.user().launch("Debian", {"true"}));
    std::jthread([&] {
        test.expect_success(test.user("alice").launch("Debian", {"true"}));
    }).join();
    test.expect_log("depth: 1");
    test.expect_no_log("depth: 2");
}

TEST(BookSafety, ActsAsTheUserWhereThereIsAToken) {
    GooglePluginTest test;
    test.add_plugin("as-user", linked_plugin<AsUser>());
    test.expect_success(test.user().launch("Debian", {"true"}));
#if defined(_WIN32)
    test.expect_log("as-user: ");
#else
    test.expect_no_log("as-user: ");  // Linux has no tokens
#endif
}

TEST(BookSafety, RawAccessReadsWhatTheVersionHas) {
    for (const auto& [version, has_call] :
         {std::pair{Version{2, 1, 2}, true}, {Version{2, 1, 1}, false}}) {
        GooglePluginTest test;
        test.add_plugin("raw", linked_plugin<RawLook>());
        test.options().version = version;
        test.expect_success(test.user().launch("Debian", {"true"}));
        test.expect_log("session: 0");
        if (has_call) {
            test.expect_log("call: there");
        } else {
            test.expect_no_log("call: ");
        }
    }
}

}  // namespace
