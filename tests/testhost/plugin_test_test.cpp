// SPDX-License-Identifier: MIT
#include "testhost/commanding_plugin.hpp"

#include <gmock/gmock.h>

#include <optional>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Keeps what did not hold.
class KeepingTest final : public PluginTest {
public:
    std::vector<std::string> reports;

private:
    void report(const std::string& text, const Where&) override { reports.push_back(text); }
};

class Counting final : public Plugin {
public:
    using Plugin::Plugin;
    ~Counting() override { ++destroyed; }

    static inline int destroyed = 0;

    WinResult<> on_vm_stopping(const Session&) override {
        log().info("stops", std::to_string(++stops_));
        return {};
    }

private:
    int stops_ = 0;
};

TEST(PluginTest, GivesEachTestAPluginObjectOfItsOwn) {
    Counting::destroyed = 0;
    for (int run = 1; run <= 3; ++run) {
        KeepingTest test;
        test.add_plugin("counting", linked_plugin<Counting>());
        test.expect_success(test.user().launch("", {}));
        test.stop();
        EXPECT_EQ(run, Counting::destroyed);
        EXPECT_EQ(1u, test.log_lines("counting").size());
        test.expect_log("stops: 1");
        EXPECT_EQ(0, test.result());
    }
}

TEST(PluginTest, ShowsTheJournalWhereSomethingDoesNotHold) {
    KeepingTest test;
    test.add_plugin("counting", linked_plugin<Counting>());
    const UserOutput output = test.user().launch("", {});
    EXPECT_FALSE(test.expect_hooks({"OnVMStarted"}));
    EXPECT_FALSE(test.expect_calls({"MountFolder"}));
    EXPECT_FALSE(test.expect_log("nothing of that kind"));
    EXPECT_FALSE(test.expect_refusal(output, "E_ACCESSDENIED"));
    EXPECT_FALSE(test.expect(false, "a wish"));
    ASSERT_EQ(5u, test.reports.size());
    EXPECT_THAT(test.reports[0], HasSubstr("expected: the hooks [\"OnVMStarted\"]; called: none"));
    EXPECT_THAT(test.reports[2], HasSubstr("'nothing of that kind'; the log: none"));
    EXPECT_THAT(test.reports[3], HasSubstr("it had exit code 0 and printed ''"));
    for (const std::string& report : test.reports) {
        EXPECT_THAT(report, HasSubstr("call-entry-point")) << "the journal's table";
    }
    EXPECT_EQ(1, test.result());
}

TEST(PluginTest, ChecksThatSomethingIsNotThere) {
    KeepingTest test;
    test.add_plugin("counting", linked_plugin<Counting>());
    const UserOutput failed = test.user().launch("NoSuchDistribution", {});
    EXPECT_FALSE(test.expect_success(failed));
    EXPECT_TRUE(test.expect_refusal(failed, "WSL_E_DISTRO_NOT_FOUND"));
    test.expect_success(test.user().launch("", {}));
    test.expect_success(test.user().shutdown());
    EXPECT_FALSE(test.expect_no_log("stops: 1"));
    EXPECT_TRUE(test.expect_no_log("stops: 2"));
    EXPECT_EQ(2u, test.reports.size());
}

TEST(PluginTest, TellsPluginsApartAndKeepsTheirOrder) {
    KeepingTest test;
    test.add_plugin("first", linked_plugin<Counting>());
    test.add_plugin("second", linked_plugin<CommandingPlugin>());
    test.expect_success(test.user().launch("", {}));
    test.stop();
    EXPECT_THAT(test.hooks("first"), ElementsAre("OnVMStopping"));
    EXPECT_THAT(test.hooks("second"), ElementsAre("OnVMStarted", "OnDistributionStarted"));
    EXPECT_THAT(test.hooks(), ElementsAre("OnVMStarted", "OnDistributionStarted", "OnVMStopping"));
    EXPECT_THAT(test.canonical_journal(), HasSubstr("\"plugin\":\"second\""));
    EXPECT_EQ(0, test.result());
}

TEST(PluginTest, RefusesAPluginThatNeedsALaterWsl) {
    KeepingTest test;
    test.options().version = {2, 0, 0};
    test.add_plugin("counting", linked_plugin<Counting, Version{2, 1, 2}>());
    test.expect_refusal(test.user().launch("", {}), "WSL_E_PLUGIN_REQUIRES_UPDATE");
    EXPECT_EQ(0, test.result());
}

TEST(PluginTest, SaysWhyAServiceCannotStart) {
    KeepingTest first;
    first.service();
    KeepingTest second;
    EXPECT_THROW(second.service(), std::runtime_error);
    first.stop();
    EXPECT_THROW(first.service(), std::runtime_error);
    EXPECT_NO_THROW(second.service());
}

/// A command whose socket nobody closes.
std::optional<RawProcess> leaked;

void leak(const Api& api, const Session& session) {
    auto process = api.command(session, "/bin/true").spawn_raw();
    ASSERT_TRUE(process) << process.error().to_string();
    leaked.emplace(std::move(*process));
}

TEST(PluginTest, SaysAtTheEndWhatStrictModeHasFound) {
    KeepingTest test;
    test.add_plugin("commanding", linked_plugin<CommandingPlugin>());
    test.linux_side().answer("/bin/true", ScriptedAnswer());
    EXPECT_TRUE(test.expect_no_findings());
    CommandingPlugin::when_vm_starts = leak;
    test.expect_success(test.user().launch("", {}));
    EXPECT_THAT(test.reports, IsEmpty());
    EXPECT_EQ(1, test.result());
    CommandingPlugin::when_vm_starts = {};
    leaked.reset();
    ASSERT_EQ(1u, test.reports.size());
    EXPECT_THAT(test.reports[0],
                HasSubstr("socket-leaked: plugin 'commanding', OnVMStarted, thread 1\n"));
    EXPECT_THAT(test.reports[0], HasSubstr("what to do: Close the socket"));
}

TEST(PluginTest, HoldsWhereStrictModeFindsNothing) {
    KeepingTest test;
    test.add_plugin("counting", linked_plugin<Counting>());
    EXPECT_TRUE(test.expect_no_findings());
    test.expect_success(test.user().launch("", {}));
    EXPECT_EQ(0, test.result());
    EXPECT_THAT(test.reports, IsEmpty());
}

TEST(PluginTest, LooksForNoFindingsWhereNobodyExpectsNone) {
    KeepingTest test;
    test.add_plugin("commanding", linked_plugin<CommandingPlugin>());
    test.linux_side().answer("/bin/true", ScriptedAnswer());
    CommandingPlugin::when_vm_starts = leak;
    test.expect_success(test.user().launch("", {}));
    EXPECT_EQ(0, test.result());
    CommandingPlugin::when_vm_starts = {};
    leaked.reset();
}

TEST(PluginTest, ExpectsNoFindingsFromTheBeginningOrNotAtAll) {
    KeepingTest test;
    test.service();
    EXPECT_FALSE(test.expect_no_findings());
    EXPECT_THAT(test.reports, ElementsAre(HasSubstr("before the service starts")));
    EXPECT_EQ(1, test.result());
}

/// Posts a job when it is made.
class Posting final : public Plugin {
public:
    explicit Posting(const Context& context)
        : Plugin(context), queue_(context, {.drain_time = std::chrono::milliseconds(20)}) {
        EXPECT_TRUE(queue_.post("job", [](const StopSignal& stop) { return job(stop); }));
    }

    static inline std::function<WinResult<>(const StopSignal&)> job;

    WinResult<> on_vm_stopping(const Session&) override { return {}; }

private:
    BackgroundQueue queue_;
};

TEST(PluginTest, AsksBackgroundWorkToStop) {
    Posting::job = [](const StopSignal& stop) -> WinResult<> {
        (void)stop.wait_for(std::chrono::hours(1));
        return {};
    };
    KeepingTest test;
    test.add_plugin("posting", linked_plugin<Posting>());
    test.service();
    EXPECT_EQ(0, test.result());
}

TEST(PluginTest, KeepsAPluginWhoseBackgroundWorkDoesNotEnd) {
    StopSignal end;
    Posting::job = [&end](const StopSignal&) -> WinResult<> {
        (void)end.wait_for(std::chrono::hours(1));
        return {};
    };
    KeepingTest test;
    test.add_plugin("posting", linked_plugin<Posting>());
    test.service();
    test.stop();
    EXPECT_THAT(test.reports, ElementsAre(HasSubstr("background work of 'posting'")));
    EXPECT_EQ(1, test.result());
    end.set();
    while (!forget_plugin<Posting>()) {
        std::this_thread::yield();
    }
}

}  // namespace
}  // namespace wslplugins::testhost
