// SPDX-License-Identifier: MIT
// What a plugin of the framework makes of faults: an error, or the whole answer; never a part of it, and never a hang.
#include "testhost/commanding_plugin.hpp"

#include <gmock/gmock.h>

namespace wslplugins::testhost {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class FrameworkFaults : public testing::TestWithParam<Backend> {
protected:
    FrameworkFaults() {
        commanding_.test.options().backend = GetParam();
        auto& linux_side = commanding_.test.linux_side();
        linux_side.answer("/bin/sh", {.output = "hello", .exit_code = 3, .error_output = "oh"});
        linux_side.answer("/bin/echo", {.output = "hello\n"});
    }

    /// Lets the plugin do that when the virtual machine starts, with these faults.
    void start_vm(std::vector<Fault> faults,
                  std::function<void(const Api& api, const Session& session)> work) {
        commanding_.test.options().faults = std::move(faults);
        CommandingPlugin::when_vm_starts = std::move(work);
        (void)commanding_.test.user().launch("", {"true"});
    }

    static Command shell(const Api& api, const Session& session) {
        auto command = api.command(session, "/bin/sh");
        command.args({"-c", "printf hello; printf oh >&2; exit 3"});
        return command;
    }

    CommandingTest commanding_;
};

/// @return whether the program ran; what it wrote is whole then.
bool ran_whole(const WinResult<CommandOutput>& ran) {
    if (!ran) {
        EXPECT_FALSE(ran.error().text().empty());
        return false;
    }
    EXPECT_EQ(ran->standard_output, "hello");
    EXPECT_EQ(ran->standard_error, "oh");
    EXPECT_EQ(ran->status, ExitStatus::exited(3));
    return true;
}

TEST_P(FrameworkFaults, ARunGivesAllOrAnErrorWhicheverOfItsSocketsBreaks) {
    std::vector<Fault> faults;
    constexpr std::uint32_t sockets = 4;  // of a run, at most
    constexpr std::uint64_t bytes[] = {0, 1, 4, 6, 20};
    std::uint32_t nth = 0;
    for (const FaultKind kind : {FaultKind::ResetSocket, FaultKind::EndSocket}) {
        for (const std::uint64_t after : bytes) {
            for (std::uint32_t i = 0; i < sockets; ++i) {
                // A run that fails early makes fewer calls: whatever the fault hits is fine.
                faults.push_back({.kind = kind,
                                  .call = ApiCall::ExecuteBinary,
                                  .nth = ++nth,
                                  .after_bytes = after});
                ++nth;
            }
        }
    }
    int failures = 0;
    start_vm(faults, [&](const Api& api, const Session& session) {
        for (std::size_t i = 0; i < std::size(bytes) * 4; ++i) {
            failures += ran_whole(shell(api, session).run()) ? 0 : 1;
        }
        // By now every fault has had its turn, or all that is left is skipped by these.
        for (std::uint32_t i = 0; i < nth; ++i) {
            (void)api.command(session, "/bin/echo").arg("hello").run_raw();
        }
        EXPECT_TRUE(ran_whole(shell(api, session).run())) << "nothing is left of the faults";
    });
    EXPECT_GT(failures, 4);
}

TEST_P(FrameworkFaults, ARunIsWholeByteByByte) {
    start_vm({{.kind = FaultKind::ByteByByte, .delay = 1ms}},
             [](const Api& api, const Session& session) {
                 EXPECT_TRUE(ran_whole(shell(api, session).run()));
                 EXPECT_EQ(api.command(session, "/bin/echo").arg("hello").run_raw(), "hello\n");
             });
}

TEST_P(FrameworkFaults, ACallThatFailsIsTheRunsError) {
    constexpr std::uint32_t calls = 3;  // the helper's, and one for each stream that is read
    for (std::uint32_t nth = 1; nth <= calls; ++nth) {
        CommandingTest commanding;
        commanding.test.options().backend = GetParam();
        commanding.test.linux_side().answer("/bin/sh", {.output = "hello"});
        commanding.test.options().faults = {{.kind = FaultKind::Fail,
                                             .call = ApiCall::ExecuteBinary,
                                             .nth = nth,
                                             .code = HResult::access_denied}};
        CommandingPlugin::when_vm_starts = [](const Api& api, const Session& session) {
            const auto ran = shell(api, session).run();
            ASSERT_FALSE(ran);
            EXPECT_EQ(ran.error().code(), HResult::access_denied);
        };
        (void)commanding.test.user().launch("", {"true"});
    }
}

TEST_P(FrameworkFaults, RunningOutOfMemoryIsAnError) {
    start_vm({{.kind = FaultKind::OutOfMemory}}, [](const Api& api, const Session& session) {
        EXPECT_EQ(shell(api, session).run().error().code(), HResult::out_of_memory);
        EXPECT_EQ(api.command(session, "/bin/echo").run_raw().error().code(),
                  HResult::out_of_memory);
        EXPECT_EQ(api.mount_folder(session, {"Z:\\usr", "/x", FolderAccess::ReadOnly, "x"})
                      .error()
                      .code(),
                  HResult::out_of_memory);
    });
}

TEST_P(FrameworkFaults, AMountThatFailsOnceWorksTheNextTime) {
    auto& test = commanding_.test;
    // [region: fault]
    test.options().faults = {
        {.kind = FaultKind::OutOfMemory, .call = ApiCall::MountFolder, .nth = 1}};
    // [end: fault]
    CommandingPlugin::when_vm_starts = [](const Api& api, const Session& session) {
        const auto mount = [&] {
            return api.mount_folder(session, {"Z:\\usr", "/x", FolderAccess::ReadOnly, "x"});
        };
        EXPECT_EQ(mount().error().code(), HResult::out_of_memory);
        EXPECT_TRUE(mount());
    };
    test.expect_success(test.user().launch("", {"true"}));
}

TEST_P(FrameworkFaults, ASlowCallIsWaitedFor) {
    start_vm({{.kind = FaultKind::Slow, .nth = 1, .delay = 200ms}},
             [](const Api& api, const Session& session) {
                 EXPECT_TRUE(ran_whole(shell(api, session).run()));
             });
}

TEST_P(FrameworkFaults, AGuestThatDiesIsTheRunsError) {
    for (const auto delay : {0ms, 1ms, 20ms}) {
        CommandingTest commanding;
        commanding.test.options().backend = GetParam();
        commanding.test.linux_side().compute(
            "/bin/sh", [](const ScriptedProgram&) { return ScriptedAnswer{.output = "hello"}; });
        commanding.test.options().faults = {{.kind = FaultKind::GuestDies,
                                             .call = ApiCall::ExecuteBinary,
                                             .nth = 2,
                                             .delay = delay}};
        CommandingPlugin::when_vm_starts = [](const Api& api, const Session& session) {
            auto command = api.command(session, "/bin/sh");
            command.args({"-c", "cat"});
            auto process = command.spawn();
            EXPECT_FALSE(process && process->wait()) << "cat waits for input that never comes";
        };
        (void)commanding.test.user().launch("", {"true"});
        commanding.test.stop();
        EXPECT_THAT(commanding.test.journal(),
                    testing::Contains(testing::Field(&JournalEntry::name, "vm-crash")));
    }
}

INSTANTIATE_TEST_SUITE_P(
    , FrameworkFaults, testing::Values(Backend::Guest, Backend::Scripted), [](const auto& backend) {
        return std::string(backend.param == Backend::Guest ? "Guest" : "Scripted");
    });

}  // namespace
}  // namespace wslplugins::testhost
