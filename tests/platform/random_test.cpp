// SPDX-License-Identifier: MIT
#include "platform/random.hpp"

#include <gtest/gtest.h>

#include <array>

namespace wslplugins::platform {
namespace {

TEST(Random, FillsEveryByteAndNeverTheSameWayTwice) {
    std::array<std::byte, 4096> one{};
    std::array<std::byte, 4096> other{};
    ASSERT_TRUE(fill_random(one));
    ASSERT_TRUE(fill_random(other));
    EXPECT_NE(one, other);
    // 4096 random bytes lack a given value with a probability of 1 in 9 million.
    std::array<bool, 256> seen{};
    for (const std::byte byte : one) {
        seen[std::to_integer<std::size_t>(byte)] = true;
    }
    EXPECT_TRUE(seen[0x00] || seen[0xFF]);
    std::array<std::byte, 16> tail{};
    ASSERT_TRUE(fill_random(std::span(tail).last(8)));
    EXPECT_EQ(std::to_integer<int>(tail[7]), 0);
}

TEST(Random, FillsNothingGladly) {
    EXPECT_TRUE(fill_random({}));
}

}  // namespace
}  // namespace wslplugins::platform
