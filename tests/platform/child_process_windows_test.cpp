// SPDX-License-Identifier: MIT
#include "platform/child_process.hpp"
#include "platform/own_handles.hpp"

#include <gtest/gtest.h>

namespace wslplugins::platform {
namespace {

/// Starts a native program and waits until it has closed its end.
void play_true() {
    auto stream = start_native_program("/bin/true");
    ASSERT_TRUE(stream) << stream.error().to_string();
    std::array<std::byte, 1> nothing{};
    EXPECT_EQ(stream->receive(nothing).value_or(1), 0u);
}

TEST(NativeProgram, LeavesNoHandleOpen) {
    ASSERT_TRUE(start_sockets());
    play_true();
    const std::size_t before = own_handles().value().size();
    for (int i = 0; i < 4; ++i) {
        play_true();
    }
    EXPECT_EQ(own_handles().value().size(), before);
}

}  // namespace
}  // namespace wslplugins::platform
