// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_probe.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <thread>

namespace wslplugins::testhost {
namespace {

using testing::HasSubstr;

/// A session with a machine, and the table that a plugin got.
class ContainerProcess : public testing::Test {
protected:
    void SetUp() override {
        plugin_.watch_everything();
        service_ = start_service({&plugin_});
        session_ = make_running_session(*service_);
    }

    [[nodiscard]] const abi::WSLPluginAPIV1& api() const { return plugin_.api(); }

    ProgramOutcome run(const std::vector<std::string>& command) {
        return run_program(api(), session_, command);
    }

    RelayedPlugin plugin_{'a'};
    std::unique_ptr<Service> service_;
    std::uint32_t session_ = 0;
};

TEST_F(ContainerProcess, HasThreeStreamsOfItsOwn) {
    const ProgramOutcome outcome =
        run_program(api(),
                    session_,
                    {"/bin/sh", "-c", "cat; echo out; echo err >&2; exit 7"},
                    std::vector<std::string>{"PATH=/bin:/usr/bin"},
                    "typed\n");
    EXPECT_EQ(outcome.output, "typed\nout\n");
    EXPECT_EQ(outcome.errors, "err\n");
    EXPECT_EQ(outcome.exit_code, 7);
}

TEST_F(ContainerProcess, GetsItsArgumentsAsTheyAreEmptyOnesToo) {
    const ProgramOutcome outcome = run_program(
        api(), session_, {"/bin/sh", "-c", R"(printf '%s|' "$0" "$@")", "a b", "", "\"'\\", ""});
    EXPECT_EQ(outcome.output, "a b||\"'\\||");
}

TEST_F(ContainerProcess, IsLookedUpInThePathOfInit) {
    const ProgramAttempt found = attempt_program(
        api(), session_, "true", {"whatever"}, std::vector<std::string>{"PATH=/nowhere"});
    EXPECT_EQ(found.result, 0);
    EXPECT_EQ(found.error_number, 0);
    EXPECT_EQ(wait_for_exit(api(), found.process), 0);
    api().WSLCReleaseProcess(found.process);
}

TEST_F(ContainerProcess, HasTheEnvironmentThatIsGivenAndNoOther) {
    EXPECT_EQ(run({"/usr/bin/env"}).output, "") << "NULL is an empty environment";
    EXPECT_EQ(
        run_program(
            api(), session_, {"/usr/bin/env"}, std::vector<std::string>{"A=1", "", "B=two words"})
            .output,
        "A=1\n\nB=two words\n");
}

TEST_F(ContainerProcess, TellsLinuxOwnReasonWhenItCannotBeExecuted) {
    struct Case {
        const char* path;
        int error_number;
    };
    for (const Case& bad : {Case{"/no/such/program", 2},
                            Case{"no-such-program", 2},
                            Case{"", 2},
                            Case{"/etc/passwd", 13},
                            Case{"/usr", 13}}) {
        const ProgramAttempt attempt = attempt_program(api(), session_, bad.path, {"x"});
        EXPECT_EQ(attempt.result, general_error) << bad.path;
        EXPECT_EQ(attempt.error_number, bad.error_number) << bad.path;
        EXPECT_EQ(attempt.process, nullptr);
    }
}

TEST_F(ContainerProcess, IsRefusedNullPointersBeforeAnythingIsWritten) {
    int seen = 0;
    int error_number = 77;
    abi::WSLCProcessHandle process = &seen;
    EXPECT_EQ(api().WSLCCreateProcess(99, nullptr, nullptr, nullptr, &process, &error_number),
              pointer_error);
    EXPECT_EQ(process, &seen);
    EXPECT_EQ(error_number, 77);
    EXPECT_EQ(api().WSLCCreateProcess(99, "/bin/true", nullptr, nullptr, nullptr, &error_number),
              pointer_error);
    EXPECT_EQ(error_number, 77);
}

TEST_F(ContainerProcess, SaysWhyThereIsNoReasonOfLinux) {
    const ProgramAttempt unknown = attempt_program(api(), 99, "/bin/true", {"true"});
    EXPECT_EQ(unknown.result, session_not_found);
    EXPECT_EQ(unknown.error_number, 0);
    const std::uint32_t without_machine = make_session(*service_, "another");
    const ProgramAttempt early = attempt_program(api(), without_machine, "/bin/true", {"true"});
    EXPECT_EQ(early.result, vm_not_running);
    EXPECT_EQ(early.error_number, -1);
    abi::WSLCProcessHandle process = nullptr;
    EXPECT_EQ(api().WSLCCreateProcess(session_, "/no/such", nullptr, nullptr, &process, nullptr),
              general_error)
        << "the place for the reason may be missing";
}

TEST_F(ContainerProcess, RunsWithoutAnyArgument) {
    abi::WSLCProcessHandle process = nullptr;
    ASSERT_EQ(api().WSLCCreateProcess(session_, "/bin/true", nullptr, nullptr, &process, nullptr),
              0);
    EXPECT_EQ(wait_for_exit(api(), process), 0);
    api().WSLCReleaseProcess(process);
}

TEST_F(ContainerProcess, HandsEachStreamOutOnce) {
    const ProgramAttempt cat = attempt_program(api(), session_, "/bin/cat", {"cat"});
    ASSERT_EQ(cat.result, 0);
    abi::HANDLE handle = nullptr;
    for (const auto which :
         {abi::WSLCProcessFdStdin, abi::WSLCProcessFdStdout, abi::WSLCProcessFdStderr}) {
        const platform::Socket stream = take_stream(api(), cat.process, which);
        EXPECT_EQ(api().WSLCProcessGetFd(cat.process, which, &handle), state_error);
    }
    for (const int wrong : {-1, 3}) {
        EXPECT_EQ(
            api().WSLCProcessGetFd(cat.process, static_cast<abi::WSLCProcessFd>(wrong), &handle),
            argument_error);
    }
    EXPECT_EQ(api().WSLCProcessGetFd(cat.process, abi::WSLCProcessFdStdin, nullptr), pointer_error);
    EXPECT_EQ(wait_for_exit(api(), cat.process), 0) << "its input is closed";
    api().WSLCReleaseProcess(cat.process);
}

TEST_F(ContainerProcess, HasNoExitCodeWhileItRuns) {
    const ProgramAttempt cat = attempt_program(api(), session_, "/bin/cat", {"cat"});
    ASSERT_EQ(cat.result, 0);
    int exit_code = 5;
    EXPECT_EQ(api().WSLCProcessGetExitCode(cat.process, &exit_code), state_error);
    EXPECT_EQ(exit_code, -1);
    take_stream(api(), cat.process, abi::WSLCProcessFdStdin).close();
    EXPECT_EQ(wait_for_exit(api(), cat.process), 0);
    EXPECT_EQ(api().WSLCProcessGetExitCode(cat.process, nullptr), pointer_error);
    api().WSLCReleaseProcess(cat.process);
}

TEST_F(ContainerProcess, ThatASignalKilledEndsWith128AndTheSignal) {
    EXPECT_EQ(run({"/bin/sh", "-c", "kill -TERM $$"}).exit_code, 128 + 15);
    EXPECT_EQ(run({"/bin/sh", "-c", "kill -KILL $$"}).exit_code, 128 + 9);
}

TEST_F(ContainerProcess, SignalsEveryDuplicateOfItsExitEvent) {
    const ProgramAttempt cat = attempt_program(api(), session_, "/bin/cat", {"cat"});
    ASSERT_EQ(cat.result, 0);
    abi::HANDLE one = nullptr;
    abi::HANDLE other = nullptr;
    ASSERT_EQ(api().WSLCProcessGetExitEvent(cat.process, &one), 0);
    ASSERT_EQ(api().WSLCProcessGetExitEvent(cat.process, &other), 0);
    EXPECT_NE(one, other);
    const platform::ExitEvent first(one);
    const platform::ExitEvent second(other);
    EXPECT_EQ(first.wait(std::chrono::steady_clock::now()).error().code(), HResult::timeout);
    std::thread waiter([&] { EXPECT_TRUE(second.wait()); });
    take_stream(api(), cat.process, abi::WSLCProcessFdStdin).close();
    EXPECT_TRUE(first.wait());
    waiter.join();
    EXPECT_EQ(api().WSLCProcessGetExitEvent(cat.process, nullptr), pointer_error);
    api().WSLCReleaseProcess(cat.process);
}

TEST_F(ContainerProcess, BelongsToTheThreadThatStartedIt) {
    const ProgramAttempt cat = attempt_program(api(), session_, "/bin/cat", {"cat"});
    ASSERT_EQ(cat.result, 0);
    constexpr abi::HRESULT wrong_thread = code(0x8001010Eu);
    std::thread([&] {
        abi::HANDLE handle = nullptr;
        int exit_code = 0;
        EXPECT_EQ(api().WSLCProcessGetFd(cat.process, abi::WSLCProcessFdStdin, &handle),
                  wrong_thread);
        EXPECT_EQ(api().WSLCProcessGetExitEvent(cat.process, &handle), wrong_thread);
        EXPECT_EQ(api().WSLCProcessGetExitCode(cat.process, &exit_code), wrong_thread);
    }).join();
    take_stream(api(), cat.process, abi::WSLCProcessFdStdin).close();
    EXPECT_EQ(wait_for_exit(api(), cat.process), 0);
    api().WSLCReleaseProcess(cat.process);
}

TEST_F(ContainerProcess, RunsOnWhenItIsReleased) {
    const ProgramAttempt sleeper = attempt_program(
        api(), session_, "/bin/sh", {"sh", "-c", "read go; echo done > /tmp/released"});
    ASSERT_EQ(sleeper.result, 0);
    platform::Socket in = take_stream(api(), sleeper.process, abi::WSLCProcessFdStdin);
    api().WSLCReleaseProcess(sleeper.process);
    ASSERT_TRUE(in.send_all(std::as_bytes(std::span("go\n", 3))));
    EXPECT_EQ(run({"/bin/sh",
                   "-c",
                   "until [ -s /tmp/released ]; do /bin/sleep 0.05; done; read text < "
                   "/tmp/released; echo $text"})
                  .output,
              "done\n");
}

TEST_F(ContainerProcess, OfAHandleThatIsNoneIsNotedInTheJournal) {
    int seen = 0;
    abi::HANDLE handle = nullptr;
    api().WSLCReleaseProcess(nullptr);
    EXPECT_EQ(api().WSLCProcessGetFd(&seen, abi::WSLCProcessFdStdin, &handle), pointer_error);
    EXPECT_THAT(detail(entry_named(*service_, "WSLCProcessGetFd"), "note"),
                HasSubstr("would crash"));
    const ProgramAttempt twice = attempt_program(api(), session_, "/bin/true", {"true"});
    ASSERT_EQ(twice.result, 0);
    api().WSLCReleaseProcess(twice.process);
    EXPECT_EQ(api().WSLCProcessGetFd(twice.process, abi::WSLCProcessFdStdin, &handle),
              pointer_error);
    api().WSLCReleaseProcess(twice.process);
    const auto entries = service_->journal().entries();
    const auto last = std::find_if(entries.rbegin(), entries.rend(), [](const JournalEntry& entry) {
        return entry.name == "WSLCReleaseProcess";
    });
    ASSERT_NE(last, entries.rend());
    EXPECT_THAT(detail(*last, "note"), HasSubstr("corrupted"));
}

TEST_F(ContainerProcess, PassesAMebibyteThroughWhole) {
    std::mt19937 engine(1);
    std::string sent(std::size_t{1} << 20, '\0');
    std::ranges::generate(sent, [&engine] { return static_cast<char>(engine()); });
    EXPECT_TRUE(run_program(api(), session_, {"/bin/cat"}, std::nullopt, sent).output == sent);
}

TEST_F(ContainerProcess, EndsWithItsMachine) {
    const ProgramAttempt cat = attempt_program(api(), session_, "/bin/cat", {"cat"});
    ASSERT_EQ(cat.result, 0);
    platform::Socket in = take_stream(api(), cat.process, abi::WSLCProcessFdStdin);
    ASSERT_TRUE(service_->wslc().crash_vm(session_));
    EXPECT_EQ(wait_for_exit(api(), cat.process), 137);
    api().WSLCReleaseProcess(cat.process);
}

TEST_F(ContainerProcess, DoesNotKeepTheMachineFromIdling) {
    const ProgramAttempt cat = attempt_program(api(), session_, "/bin/cat", {"cat"});
    ASSERT_EQ(cat.result, 0);
    EXPECT_TRUE(service_->wslc().let_idle_time_pass(session_).value());
    EXPECT_EQ(wait_for_exit(api(), cat.process), 137);
    EXPECT_EQ(attempt_program(api(), session_, "/bin/true", {"true"}).result, vm_not_running);
    api().WSLCReleaseProcess(cat.process);
}

TEST_F(ContainerProcess, OfASessionWhoseProcessDiedIsServedByNobody) {
    const ProgramAttempt cat = attempt_program(api(), session_, "/bin/cat", {"cat"});
    ASSERT_EQ(cat.result, 0);
    ASSERT_TRUE(service_->wslc().kill_session_process(session_));
    int exit_code = 0;
    EXPECT_EQ(api().WSLCProcessGetExitCode(cat.process, &exit_code), code(0x800706BAu));
    api().WSLCReleaseProcess(cat.process);
}

}  // namespace
}  // namespace wslplugins::testhost
