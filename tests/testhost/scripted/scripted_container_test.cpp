// SPDX-License-Identifier: MIT
// Container sessions on the scripted side, as a plugin on the bare ABI and a user of `wslc.exe` see them.
#include "testhost/wslc/wslc_probe.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>

namespace wslplugins::testhost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ScriptedContainer : public testing::Test {
protected:
    ScriptedContainer() {
        plugin_.watch_everything();
        ServiceOptions options;
        options.plugins = {plugin_.registration()};
        options.backend = Backend::Scripted;
        options.scripted_linux = linux_side_;
        service_ = start_service(std::move(options));
        service_->wslc().publish({.reference = "base:1", .env = {"A=image"}});
    }

    [[nodiscard]] const abi::WSLPluginAPIV1& api() const { return plugin_.api(); }

    RelayedPlugin plugin_{'a'};
    const std::shared_ptr<ScriptedLinux> linux_side_ = std::make_shared<ScriptedLinux>();
    std::unique_ptr<Service> service_;
};

TEST_F(ScriptedContainer, AnswersAPluginsProgramOnThreeStreams) {
    linux_side_->answer("/bin/x", {.output = "out", .exit_code = 3, .error_output = "err"});
    linux_side_->answer("/bin/killed", {.signal = 15});
    const std::uint32_t session = make_running_session(*service_);
    const ProgramOutcome ran =
        run_program(api(), session, {"/bin/x", "a b", ""}, std::vector<std::string>{"V=1"});
    EXPECT_EQ(ran.output, "out");
    EXPECT_EQ(ran.errors, "err");
    EXPECT_EQ(ran.exit_code, 3);
    EXPECT_EQ(run_program(api(), session, {"/bin/killed"}).exit_code, 128 + 15);
    const auto programs = linux_side_->programs();
    ASSERT_EQ(programs.size(), 2u);
    EXPECT_THAT(programs[0].arguments, ElementsAre("a b", ""));
    EXPECT_THAT(programs[0].environment, ElementsAre("V=1"));
    EXPECT_FALSE(programs[0].distribution);
}

TEST_F(ScriptedContainer, ComputesAnAnswerFromAProgramsInput) {
    linux_side_->compute("/bin/rev", [](const ScriptedProgram& program) {
        return ScriptedAnswer{.output = std::string(program.input.rbegin(), program.input.rend())};
    });
    const std::uint32_t session = make_running_session(*service_);
    EXPECT_EQ(run_program(api(), session, {"/bin/rev"}, std::nullopt, "abc").output, "cba");
    const std::string much(1'000'000, 'm');
    EXPECT_EQ(run_program(api(), session, {"/bin/rev"}, std::nullopt, much).output, much);
}

TEST_F(ScriptedContainer, HasNoProgramThatNobodyHasAnswered) {
    linux_side_->answer("/bin/gone", {.is_executable = false});
    const std::uint32_t session = make_running_session(*service_);
    for (const char* const path : {"/bin/unanswered", "/bin/gone"}) {
        const ProgramAttempt attempt = attempt_program(api(), session, path, {path});
        EXPECT_EQ(HResult(attempt.result), HResult::fail) << path;
        EXPECT_EQ(attempt.error_number, 2) << "ENOENT";
        EXPECT_EQ(attempt.process, nullptr);
    }
}

TEST_F(ScriptedContainer, EndsAProgramThatLastsWithItsMachine) {
    linux_side_->answer("/bin/lasts", {.output = "ready", .lasts = true});
    const std::uint32_t session = make_running_session(*service_);
    const ProgramAttempt attempt = attempt_program(api(), session, "/bin/lasts", {"/bin/lasts"});
    ASSERT_EQ(attempt.result, 0);
    platform::Socket output = take_stream(api(), attempt.process, abi::WSLCProcessFdStdout);
    std::array<char, 5> ready{};
    EXPECT_TRUE(output.receive_exactly(std::as_writable_bytes(std::span(ready))));
    EXPECT_EQ(std::string(ready.data(), ready.size()), "ready");
    int exit_code = 0;
    EXPECT_EQ(HResult(api().WSLCProcessGetExitCode(attempt.process, &exit_code)),
              HResult::invalid_state);
    EXPECT_TRUE(service_->wslc().crash_vm(session));
    EXPECT_EQ(read_to_end(output), "");
    EXPECT_EQ(wait_for_exit(api(), attempt.process), 137);
    api().WSLCReleaseProcess(attempt.process);
}

TEST_F(ScriptedContainer, MountsTheFoldersThatTheTestHasLeft) {
    linux_side_->lack_folder("C:\\Missing");
    const std::uint32_t session = make_running_session(*service_);
    const auto mount = [&](const char* folder, const char* place) {
        return HResult(api().WSLCMountFolder(session, to_utf16(folder).value().c_str(), place, 1));
    };
    EXPECT_EQ(mount("C:\\Tools", "/tools"), HResult::ok);
    EXPECT_EQ(mount("C:\\Tools", "/tools"), HResult::already_exists);
    EXPECT_EQ(mount("C:\\Missing", "/m"), HResult::path_not_found);
    EXPECT_EQ(HResult(api().WSLCUnmountFolder(session, "/tools")), HResult::ok);
    EXPECT_EQ(mount("C:\\Tools", "/tools"), HResult::ok);
    EXPECT_THAT(linux_side_->mounts(), testing::Each(ScriptedMount{"C:\\Tools", "/tools", true}));
}

TEST_F(ScriptedContainer, RunsAContainerThatNobodyHasAnsweredToItsEnd) {
    const UserOutput ran = service_->wslc().run({.image = "base:1", .command = {"job", "--now"}});
    EXPECT_EQ(ran.exit_code, 0) << ran.text;
    EXPECT_EQ(ran.text, "");
    const auto programs = linux_side_->programs();
    ASSERT_EQ(programs.size(), 1u);
    EXPECT_EQ(programs[0].path, "job");
    EXPECT_THAT(programs[0].arguments, ElementsAre("--now"));
    EXPECT_THAT(programs[0].environment, testing::Contains("A=image"));
    EXPECT_THAT(hook_names(*service_),
                ElementsAre("OnSessionCreated",
                            "WslcVmStarted",
                            "ImageCreated",
                            "ContainerStarted",
                            "ContainerStopping"));
}

TEST_F(ScriptedContainer, ShowsAContainersOutputAndExitCode) {
    linux_side_->answer("job", {.output = "done\n", .exit_code = 4});
    const UserOutput ran =
        service_->wslc().run({.image = "base:1", .command = {"job"}, .name = "one"});
    EXPECT_EQ(ran.text, "done\n");
    EXPECT_EQ(ran.exit_code, 4);
    EXPECT_EQ(service_->wslc().logs("one").text, "done\n");
    EXPECT_THAT(service_->wslc().list_containers().text, HasSubstr("one"));
}

TEST_F(ScriptedContainer, RefusesAContainerWhoseProgramIsMissing) {
    linux_side_->answer("gone", {.is_executable = false});
    const UserOutput ran = service_->wslc().run({.image = "base:1", .command = {"gone"}});
    EXPECT_NE(ran.exit_code, 0);
    EXPECT_THAT(ran.text, HasSubstr("E_FAIL"));
}

TEST_F(ScriptedContainer, StopsAndKillsAContainerThatLasts) {
    linux_side_->answer("server", {.output = "ready\n", .lasts = true});
    const WslcUser user = service_->wslc();
    const auto start = [&](const std::string& name) {
        const UserOutput output =
            user.run_detached({.image = "base:1", .command = {"server"}, .name = name});
        EXPECT_EQ(output.exit_code, 0) << output.text;
    };
    start("stopped");
    EXPECT_EQ(user.stop("stopped").exit_code, 0);
    EXPECT_THAT(user.wait("stopped").text, HasSubstr("143"));
    start("killed");
    EXPECT_EQ(user.kill("killed").exit_code, 0);
    EXPECT_THAT(user.wait("killed").text, HasSubstr("137"));
    EXPECT_NE(user.kill("killed").exit_code, 0) << "it does not run";
    start("asked");
    EXPECT_EQ(user.kill("asked", 28).exit_code, 0) << "SIGWINCH ends nothing";
    EXPECT_NE(user.remove("asked").exit_code, 0) << "it runs";
    EXPECT_EQ(user.kill("asked", 10).exit_code, 0);
    EXPECT_THAT(user.wait("asked").text, HasSubstr("138"));
    EXPECT_EQ(user.remove("asked").exit_code, 0);
    start("left");
    service_->stop();
}

}  // namespace
}  // namespace wslplugins::testhost
