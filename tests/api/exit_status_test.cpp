// SPDX-License-Identifier: MIT
#include <wslplugins/api/exit_status.hpp>

#include <gtest/gtest.h>

namespace wslplugins {
namespace {

TEST(ExitStatus, IsEitherACodeOrASignal) {
    constexpr ExitStatus ended = ExitStatus::exited(9);
    static_assert(ended.code() == 9 && !ended.signal().has_value());
    constexpr ExitStatus killed = ExitStatus::killed(9);
    static_assert(killed.signal() == 9 && !killed.code().has_value());
    EXPECT_NE(ended, killed);
    EXPECT_EQ(killed, ExitStatus::killed(9));
    EXPECT_NE(killed, ExitStatus::killed(15));
}

TEST(ExitStatus, SucceedsWithTheCodeZeroAlone) {
    EXPECT_TRUE(ExitStatus::exited(0).succeeded());
    EXPECT_FALSE(ExitStatus::exited(1).succeeded());
    EXPECT_FALSE(ExitStatus::exited(255).succeeded());
    EXPECT_FALSE(ExitStatus::killed(0).succeeded());
    EXPECT_FALSE(ExitStatus::killed(9).succeeded());
}

TEST(ExitStatus, SaysWhichOfTheTwoItIs) {
    EXPECT_EQ("exit code 0", to_string(ExitStatus::exited(0)));
    EXPECT_EQ("exit code 3", to_string(ExitStatus::exited(3)));
    EXPECT_EQ("signal 9", to_string(ExitStatus::killed(9)));
}

}  // namespace
}  // namespace wslplugins
