// SPDX-License-Identifier: MIT
#include "testhost/plugins/plugin_context.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace wslplugins::testhost {
namespace {

WideString wide(std::string_view text) {
    return to_utf16(text).value();
}

TEST(PendingError, RefusesNullBeforeAnythingElse) {
    EXPECT_EQ(set_pending_error(nullptr), HResult::invalid_argument);
    const PluginContext context("a", true);
    EXPECT_EQ(set_pending_error(nullptr), HResult::invalid_argument);
}

TEST(PendingError, IsRefusedOutsideOfAPlugin) {
    EXPECT_EQ(set_pending_error(wide("text").c_str()), HResult::illegal_method_call);
    EXPECT_FALSE(take_pending_error());
}

TEST(PendingError, KeepsTheFirstText) {
    const PluginContext context("a", true);
    EXPECT_EQ(set_pending_error(wide("first").c_str()), HResult::ok);
    EXPECT_EQ(set_pending_error(wide("second").c_str()), HResult::illegal_state_change);
    EXPECT_EQ(set_pending_error(nullptr), HResult::invalid_argument);
    EXPECT_EQ(take_pending_error(), "first");
    EXPECT_FALSE(take_pending_error());
}

TEST(PendingError, TakesAnEmptyTextForAText) {
    const PluginContext context("a", true);
    EXPECT_EQ(set_pending_error(wide("").c_str()), HResult::ok);
    EXPECT_EQ(take_pending_error(), "");
}

TEST(PendingError, BelongsToOneThread) {
    const PluginContext context("a", true);
    std::thread([] {
        EXPECT_EQ(set_pending_error(wide("elsewhere").c_str()), HResult::illegal_method_call);
        const PluginContext own("b", true);
        EXPECT_EQ(set_pending_error(wide("elsewhere").c_str()), HResult::ok);
    }).join();
    EXPECT_FALSE(take_pending_error());
}

TEST(PluginContext, NamesTheInnermostPlugin) {
    EXPECT_EQ(current_plugin(), "");
    const PluginContext outer("outer", true);
    {
        const PluginContext inner("inner", false);
        EXPECT_EQ(current_plugin(), "inner");
    }
    EXPECT_EQ(current_plugin(), "outer");
}

}  // namespace
}  // namespace wslplugins::testhost
