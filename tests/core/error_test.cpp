// SPDX-License-Identifier: MIT
#include <wslplugins/core/log.hpp>
#include <wslplugins/core/result.hpp>

#include <gtest/gtest.h>

namespace wslplugins {
namespace {

TEST(Error, PrintsItsSentenceThenItsCode) {
    EXPECT_EQ("Opening the door failed: 0x80070005 (E_ACCESSDENIED)",
              Error(HResult::access_denied, "Opening the door failed").to_string());
    EXPECT_EQ("0x80070005 (E_ACCESSDENIED)", Error(HResult::access_denied).to_string());
}

TEST(Error, IsNeverASuccess) {
    EXPECT_EQ(HResult::unexpected, Error(HResult::ok).code());
    EXPECT_EQ(HResult::unexpected, Error(HResult(1)).code());
    EXPECT_EQ(HResult::unexpected, PluginError(HResult::ok, "no").code());
}

TEST(PluginError, HasAMessageOnlyWhereTheUserIsToSeeOne) {
    const PluginResult<> refused = refuse(HResult::access_denied, "No.");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ("No.", refused.error().user_message());

    const PluginResult<> passed_on = propagate(Error(HResult::fail, "for the log"));
    ASSERT_FALSE(passed_on.has_value());
    EXPECT_FALSE(passed_on.error().user_message().has_value());
    EXPECT_EQ("for the log", passed_on.error().cause().text());
}

TEST(Log, NamesItsLevels) {
    EXPECT_EQ("debug", name_of(LogLevel::Debug));
    EXPECT_EQ("info", name_of(LogLevel::Info));
    EXPECT_EQ("warning", name_of(LogLevel::Warning));
    EXPECT_EQ("error", name_of(LogLevel::Error));
}

}  // namespace
}  // namespace wslplugins
