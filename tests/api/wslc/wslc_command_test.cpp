// SPDX-License-Identifier: MIT
#include <wslplugins/api/api.hpp>

#include "support/raw_wslc.hpp"

#include <gtest/gtest.h>

namespace wslplugins {
namespace {
using tests::RawWslc;
using Texts = std::vector<std::string>;

class WslcCommandTest : public testing::Test {
protected:
    [[nodiscard]] WslcCommand command(std::string_view path = "/bin/cat") const {
        return Api(wsl.api()).command(WslcSessionId(5), path);
    }

    RawWslc wsl{{2, 9, 5}};
};

TEST_F(WslcCommandTest, PassesTheWholeArgumentListOnEmptyOnesToo) {
    const Texts more{"c", "", "d e\n'\"\xC3\xA9"};
    ASSERT_TRUE(command().arg("a").args({"", "b"}).args(more).spawn().has_value());
    ASSERT_EQ(1u, wsl.creations.size());
    EXPECT_EQ(5u, wsl.creations[0].session);
    EXPECT_EQ("/bin/cat", wsl.creations[0].path);
    EXPECT_EQ((Texts{"/bin/cat", "a", "", "b", "c", "", "d e\n'\"\xC3\xA9"}),
              wsl.creations[0].arguments);
    EXPECT_EQ(std::nullopt, wsl.creations[0].environment);
}

TEST_F(WslcCommandTest, PassesAThousandArguments) {
    Texts expected{"/bin/cat"};
    WslcCommand many = command();
    for (int i = 0; i < 1000; ++i) {
        expected.push_back(std::to_string(i));
        many.arg(expected.back());
    }
    ASSERT_TRUE(many.spawn().has_value());
    EXPECT_EQ(expected, wsl.creations[0].arguments);
}

TEST_F(WslcCommandTest, CanBeChangedBeforeItIsRun) {
    WslcCommand changed = command().args({"a", "b", "c"}).arg0("dog");
    EXPECT_TRUE(changed.has_own_arg0());
    EXPECT_EQ("dog", changed.arg0());
    changed.truncate_args(5).truncate_args(1);
    EXPECT_EQ(Texts{"a"}, changed.arguments());
    ASSERT_TRUE(changed.spawn().has_value());
    ASSERT_TRUE(changed.clear_args().reset_arg0().spawn().has_value());
    EXPECT_EQ((Texts{"dog", "a"}), wsl.creations.at(0).arguments);
    EXPECT_EQ("/bin/cat", wsl.creations[0].path);
    EXPECT_EQ(Texts{"/bin/cat"}, wsl.creations.at(1).arguments);
    EXPECT_FALSE(changed.has_own_arg0());
    EXPECT_EQ(WslcSessionId(5), changed.session());
}

TEST_F(WslcCommandTest, HasTheVariablesThatWereSetTheLastOfEachName) {
    ASSERT_TRUE(command()
                    .environment("A", "1")
                    .environment("AB", "=2")
                    .environment("A", "")
                    .spawn()
                    .has_value());
    EXPECT_EQ((Texts{"AB==2", "A="}), wsl.creations.at(0).environment);
}

TEST_F(WslcCommandTest, FindsANameInPathAndRefusesARelativePath) {
    ASSERT_TRUE(command("cat").spawn().has_value());
    EXPECT_EQ("cat", wsl.creations.at(0).path);
    EXPECT_EQ(HResult::invalid_argument, command("bin/cat").spawn().error().code());
    EXPECT_EQ(HResult::invalid_argument, command("./cat").spawn().error().code());
    EXPECT_EQ(1u, wsl.creations.size());
}

TEST_F(WslcCommandTest, RefusesWhatLinuxWouldCutAndSaysWhy) {
    const std::string nul("a\0b", 3);
    const struct {
        WslcCommand command;
        std::string_view reason;
    } refused[] = {
        {command(""), "it has no path"},
        {command("/bin/c" + nul), "the path contains a NUL"},
        {command().arg("").arg(nul), "argument 2 contains a NUL"},
        {command().arg0(nul), "argument 0 contains a NUL"},
        {command().environment("A", nul), "a variable contains a NUL"},
        {command().environment(nul, "1"), "a variable contains a NUL"},
        {command().environment("", "1"), "a variable has an empty name"},
        {command().environment("A=B", "1"), "a variable has an empty name, or one with '='"},
    };
    for (const auto& [command, reason] : refused) {
        for (const Error& error : {command.run().error(), command.spawn().error()}) {
            EXPECT_EQ(HResult::invalid_argument, error.code());
            EXPECT_TRUE(error.text().contains(reason)) << error.text();
        }
    }
    EXPECT_TRUE(wsl.creations.empty());
}

TEST_F(WslcCommandTest, SaysWithWhichLinuxErrorAProgramDidNotStart) {
    wsl.answer = HResult::fail;
    wsl.linux_error = 2;
    const Error missing = command("/bin/nothing").spawn().error();
    EXPECT_EQ(HResult::file_not_found, missing.code());
    EXPECT_EQ(2, missing.linux_error());
    EXPECT_EQ(
        "Starting '/bin/nothing' in container session 5 failed with errno 2 (ENOENT): there is "
        "no such program, or the interpreter that it names is missing: 0x80070002 "
        "(ERROR_FILE_NOT_FOUND)",
        missing.to_string());
    wsl.linux_error = 13;
    EXPECT_EQ(HResult::access_denied, command().run().error().code());
    // 40 is ELOOP on Linux, whatever it is where the plugin is built.
    wsl.linux_error = 40;
    EXPECT_EQ(HResult::path_not_found, command().run().error().code());
    wsl.linux_error = 9999;
    const Error unknown = command().run().error();
    EXPECT_EQ(HResult::fail, unknown.code());
    EXPECT_EQ(9999, unknown.linux_error());
    EXPECT_TRUE(unknown.text().contains("errno 9999")) << unknown.text();
}

TEST_F(WslcCommandTest, HasNoLinuxErrorWhereWslItselfFailed) {
    for (const int number : {0, -1}) {
        wsl.linux_error = number;
        for (const HResult code : {HResult::container_vm_not_running,
                                   HResult::container_session_not_found,
                                   HResult::aborted,
                                   HResult::disconnected,
                                   HResult::from_bits(0x800706BAu)}) {
            wsl.answer = code;
            const Error error = command().spawn().error();
            EXPECT_EQ(code, error.code());
            EXPECT_EQ(std::nullopt, error.linux_error());
            EXPECT_TRUE(error.text().contains("Starting '/bin/cat' in container session 5 failed"))
                << error.text();
        }
    }
}

}  // namespace
}  // namespace wslplugins
