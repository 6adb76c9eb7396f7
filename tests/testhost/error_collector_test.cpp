// SPDX-License-Identifier: MIT
#include "testhost/error_collector.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace wslplugins::testhost {
namespace {

TEST(ErrorCollector, RecordsNothingWithoutAFailure) {
    const ErrorCollector collector;
    EXPECT_EQ(report_error(HResult::ok), HResult::ok);
    EXPECT_EQ(report_error(HResult(1)), HResult(1));
    EXPECT_FALSE(collector.recorded());
}

TEST(ErrorCollector, RecordsWhereTheFailureHappened) {
    const ErrorCollector collector;
    {
        const ErrorContextScope instance(ErrorContext::CreateInstance);
        const ErrorContextScope plugin(ErrorContext::Plugin);
        report_error(HResult::access_denied, "no");
    }
    ASSERT_TRUE(collector.recorded());
    EXPECT_EQ(collector.recorded()->code, HResult::access_denied);
    EXPECT_EQ(collector.recorded()->contexts.path(), "CreateInstance/Plugin");
    EXPECT_EQ(collector.recorded()->message, "no");
}

TEST(ErrorCollector, KeepsTheRecordOfTheSameFailureOnItsWayOut) {
    const ErrorCollector collector;
    {
        const ErrorContextScope plugin(ErrorContext::Plugin);
        {
            const ErrorContextScope hcs(ErrorContext::Hcs);
            report_error(HResult::file_not_found);
        }
        report_error(HResult::file_not_found, "the plugin's message");
    }
    report_error(HResult::file_not_found, "a later message");
    EXPECT_EQ(collector.recorded()->contexts.path(), "Plugin/HCS");
    EXPECT_EQ(collector.recorded()->message, "the plugin's message");
}

TEST(ErrorCollector, ReplacesTheRecordByAFailureWithAnotherCode) {
    const ErrorCollector collector;
    {
        const ErrorContextScope plugin(ErrorContext::Plugin);
        report_error(HResult::file_not_found, "first");
    }
    report_error(HResult::unexpected);
    EXPECT_EQ(collector.recorded()->code, HResult::unexpected);
    EXPECT_EQ(collector.recorded()->contexts.path(), "");
    EXPECT_FALSE(collector.recorded()->message);
}

TEST(ErrorCollector, ReplacesTheRecordByTheSameCodeInAContextThatItLacks) {
    const ErrorCollector collector;
    report_error(HResult::fail, "outside");
    const ErrorContextScope plugin(ErrorContext::Plugin);
    report_error(HResult::fail);
    EXPECT_EQ(collector.recorded()->contexts.path(), "Plugin");
    EXPECT_FALSE(collector.recorded()->message);
}

TEST(ErrorCollector, DoesNotHearOfOtherThreads) {
    const ErrorCollector collector;
    std::thread([] { report_error(HResult::fail); }).join();
    EXPECT_FALSE(collector.recorded());
}

TEST(ErrorContexts, PrintInTheirOwnOrder) {
    const ErrorContexts all = ErrorContexts(ErrorContext::Hcs) | ErrorContext::Plugin |
                              ErrorContext::CreateVm | ErrorContext::CreateInstance |
                              ErrorContext::Service | ErrorContext::Wsl;
    EXPECT_EQ(all.path(), "Wsl/Service/CreateInstance/CreateVm/Plugin/HCS");
}

}  // namespace
}  // namespace wslplugins::testhost
