// SPDX-License-Identifier: MIT
#include "api/helper_answer.hpp"

#include <gtest/gtest.h>

namespace wslplugins::detail {
namespace {

TEST(HelperAnswer, SaysHowAProgramEnded) {
    EXPECT_EQ(ExitStatus::exited(0), ended_status("ended 0 exited"));
    EXPECT_EQ(ExitStatus::exited(255), ended_status("ended 255 exited"));
    EXPECT_EQ(ExitStatus::exited(137), ended_status("ended 137 exited"));
    EXPECT_EQ(ExitStatus::killed(9), ended_status("ended 137 killed"));
    EXPECT_EQ(ExitStatus::killed(64), ended_status("ended 192 killed"));
}

TEST(HelperAnswer, TakesWhatShellsDoNotTellForTheSignal) {
    for (const int signal : {2, 13}) {
        const std::string status = "ended " + std::to_string(128 + signal);
        EXPECT_EQ(ExitStatus::killed(signal), ended_status(status + " exited"));
        EXPECT_EQ(ExitStatus::killed(signal), ended_status(status + " killed"));
    }
}

TEST(HelperAnswer, TakesAShellThatAlsoComplainedForNoSignal) {
    EXPECT_EQ(ExitStatus::exited(3), ended_status("ended 3 killed"));
    EXPECT_EQ(ExitStatus::exited(128), ended_status("ended 128 killed"));
}

TEST(HelperAnswer, TakesNothingElseForAnEnd) {
    for (const std::string_view line : {"",
                                        "ended",
                                        "ended ",
                                        "ended 0",
                                        "ended 0 ",
                                        "ended  0 exited",
                                        "ended 0 exited ",
                                        "ended 0=9 exited",
                                        "ended 256 exited",
                                        "ended -1 exited",
                                        "ended 99999999999 exited",
                                        "Ended 0 exited",
                                        "started"}) {
        EXPECT_FALSE(ended_status(line).has_value()) << '\'' << line << '\'';
    }
}

TEST(HelperAnswer, HasACodeForEachRefusal) {
    struct Expected {
        std::string_view line;
        HResult code;
        std::string_view text;
    };
    for (const Expected& expected :
         {Expected{"no program", HResult::file_not_found, "there is no such file"},
          Expected{"no execution", HResult::access_denied, "no file that may be executed"},
          Expected{"no folder", HResult::path_not_found, "working folder does not exist"},
          Expected{"no root", HResult::access_denied, "needs root"},
          Expected{"no user", HResult::not_found, "no such user"},
          Expected{"no change", HResult::access_denied, "CAP_SETUID"},
          Expected{"no tool env", HResult::not_supported, "the helper needs 'env'"},
          Expected{"no streams", HResult::fail, "could not connect its streams"},
          Expected{"anything", HResult::fail, "could not connect its streams"}}) {
        const Error error = helper_refusal("/bin/x", expected.line).error();
        EXPECT_EQ(expected.code, error.code()) << expected.line;
        EXPECT_TRUE(error.text().starts_with("'/bin/x' was not started: ")) << error.text();
        EXPECT_TRUE(error.text().contains(expected.text)) << error.text();
    }
}

}  // namespace
}  // namespace wslplugins::detail
