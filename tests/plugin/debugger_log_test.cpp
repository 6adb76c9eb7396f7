// SPDX-License-Identifier: MIT
#include "platform/paths.hpp"
#include "plugin/caught_log.hpp"
#include "plugin/debugger_log.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace wslplugins {
namespace {

using detail::log_line;
using tests::CaughtLog;

TEST(DebuggerLog, WritesOneLineForEachEntry) {
    EXPECT_EQ("guard info kernel: Linux version 6.6",
              log_line("guard", {LogLevel::Info, "kernel", "Linux version 6.6"}));
    EXPECT_EQ("guard warning alone", log_line("guard", {LogLevel::Warning, "alone", ""}));
}

TEST(DebuggerLog, DropsTheLineEndAndEscapesOtherControlCharacters) {
    EXPECT_EQ(
        "m debug e: a\\nb\\tc\\r\\x1b[31m\\x00\\x7f",
        log_line("m",
                 {LogLevel::Debug, "e", std::string_view("a\nb\tc\r\x1B[31m\0\x7F\r\n\n", 16)}));
    EXPECT_EQ("m error two\\nlines", log_line("m", {LogLevel::Error, "two\nlines", "\n"}));
    EXPECT_EQ("m info path: C:\\x and \xC3\xA9",
              log_line("m", {LogLevel::Info, "path", "C:\\x and \xC3\xA9"}));
}

TEST(DebuggerLog, ReachesWhoListensToDebugOutput) {
    const CaughtLog caught;
    detail::DebuggerLog sink;
    Log(sink).info("caf\xC3\xA9", "\xF0\x9F\x90\xA7\n");
    Log(sink).error("bytes", "a\xFFz");
    // Wine 8 passes debug output on in the process's code page, which has neither character.
    const std::string penguin = platform::is_wine() ? "??" : "\xF0\x9F\x90\xA7";
    const std::string replaced = platform::is_wine() ? "?" : "\xEF\xBF\xBD";
    EXPECT_EQ((std::vector<std::string>{"plugin_test info caf\xC3\xA9: " + penguin,
                                        "plugin_test error bytes: a" + replaced + "z"}),
              caught.lines());
}

TEST(DebuggerLog, IsCaughtFromEveryThread) {
    const CaughtLog caught;
    const auto write_many = [] {
        detail::DebuggerLog sink;
        for (int i = 0; i < 100; ++i) {
            Log(sink).info("line");
        }
    };
    std::thread first(write_many);
    std::thread second(write_many);
    first.join();
    second.join();
    EXPECT_EQ(200u, caught.lines().size());
}

}  // namespace
}  // namespace wslplugins
