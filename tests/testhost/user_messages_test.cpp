// SPDX-License-Identifier: MIT
#include "testhost/user/user_messages.hpp"

#include <gtest/gtest.h>

namespace wslplugins::testhost {
namespace {

TEST(UserMessages, NameThePluginThatNeedsANewerWsl) {
    EXPECT_EQ(load_failure_message("Guard", HResult::from_bits(0x8004032Au)),
              "The plugin 'Guard' requires a newer version of WSL. Please run: wsl.exe --update");
}

TEST(UserMessages, NameThePluginThatFailed) {
    EXPECT_EQ(load_failure_message("Guard", HResult::unexpected),
              "A fatal error was returned by plugin 'Guard'");
    EXPECT_EQ(plugin_failure_message("Guard", std::nullopt),
              "A fatal error was returned by plugin 'Guard'");
    EXPECT_EQ(plugin_failure_message("Guard", "not today"),
              "A fatal error was returned by plugin 'Guard'. Error message: 'not today'");
    EXPECT_EQ(plugin_failure_message("Guard", ""),
              "A fatal error was returned by plugin 'Guard'. Error message: ''");
}

constexpr ErrorContexts service = ErrorContexts(ErrorContext::Wsl) | ErrorContext::Service;

TEST(UserMessages, EndWithThePathAndTheName) {
    const RecordedError error{HResult::access_denied, service | ErrorContext::Plugin, "text"};
    EXPECT_EQ(failure_output(error), "text\nError code: Wsl/Service/Plugin/E_ACCESSDENIED\n");
}

TEST(UserMessages, PrintACodeWithoutANameInLowerCaseHex) {
    const RecordedError error{HResult::procedure_not_found, service, "text"};
    EXPECT_EQ(failure_output(error), "text\nError code: Wsl/Service/0x8007007f\n");
}

TEST(UserMessages, FallBackToTheTextOfTheCode) {
    EXPECT_EQ(failure_output({HResult::illegal_state_change, service | ErrorContext::Plugin, {}}),
              "An install, uninstall, or conversion is in progress for this distribution.\n"
              "Error code: Wsl/Service/Plugin/E_ILLEGAL_STATE_CHANGE\n");
}

TEST(UserMessages, LeaveTheFirstLineOutForACodeWithoutAText) {
    EXPECT_EQ(failure_output({HResult::unexpected, service, {}}),
              "Error code: Wsl/Service/E_UNEXPECTED\n");
}

}  // namespace
}  // namespace wslplugins::testhost
