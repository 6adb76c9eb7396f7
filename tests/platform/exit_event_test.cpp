// SPDX-License-Identifier: MIT
#include "platform/exit_event.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace wslplugins::platform {
namespace {
using namespace std::chrono_literals;

Deadline in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

TEST(ExitEvent, IsWaitedForUntilTheDeadline) {
    const ExitEvent event = ExitEvent::create().value();
    const auto before = std::chrono::steady_clock::now();
    const auto waited = event.wait(in(30ms));
    ASSERT_FALSE(waited.has_value());
    EXPECT_EQ(HResult::timeout, waited.error().code());
    EXPECT_GE(std::chrono::steady_clock::now() - before, 30ms);
    EXPECT_EQ(HResult::timeout, event.wait(in(-1h)).error().code());
}

TEST(ExitEvent, StaysSignalledForEverybody) {
    ExitEvent event = ExitEvent::create().value();
    const ExitEvent duplicate = event.duplicate_to_wait().value();
    EXPECT_NE(event.raw(), duplicate.raw());
    std::thread waiting([&] { EXPECT_TRUE(duplicate.wait().has_value()); });
    ASSERT_TRUE(event.signal().has_value());
    waiting.join();
    EXPECT_TRUE(event.wait().has_value());
    EXPECT_TRUE(event.wait(in(0ms)).has_value());
    EXPECT_TRUE(duplicate.wait(std::chrono::steady_clock::time_point::max()).has_value());
}

TEST(ExitEvent, OutlivesTheHandleThatItWasMadeFrom) {
    ExitEvent event = ExitEvent::create().value();
    ExitEvent duplicate = event.duplicate_to_wait().value();
    ASSERT_TRUE(event.signal().has_value());
    event = ExitEvent();
    const ExitEvent moved = std::move(duplicate);
    EXPECT_TRUE(moved.wait(in(0ms)).has_value());
}

}  // namespace
}  // namespace wslplugins::platform
