// SPDX-License-Identifier: MIT
#include <wslplugins/core/version.hpp>

#include <gtest/gtest.h>

namespace wslplugins {
namespace {

TEST(Version, OrdersByMajorThenMinorThenRevision) {
    EXPECT_LT((Version{2, 0, 99}), (Version{2, 1, 0}));
    EXPECT_LT((Version{2, 9, 9}), (Version{2, 10, 0}));
    EXPECT_LT((Version{2, 99, 99}), (Version{3, 0, 0}));
    EXPECT_EQ((Version{2, 1, 2}), Version::from(abi::WSLVersion{2, 1, 2}));
}

TEST(Version, ReadsOneToThreeNumbers) {
    EXPECT_EQ((Version{2, 0, 0}), Version::parse("2").value());
    EXPECT_EQ((Version{2, 4, 0}), Version::parse("2.4").value());
    EXPECT_EQ((Version{2, 4, 4}), Version::parse("2.4.4").value());
    EXPECT_EQ((Version{0, 0, 4294967295}), Version::parse("0.0.4294967295").value());
}

TEST(Version, RefusesWhatIsNoVersion) {
    for (const std::string_view wrong : {"",
                                         ".",
                                         "2.",
                                         ".2",
                                         "2..4",
                                         "2.4.4.1",
                                         "2.4.4.",
                                         "v2",
                                         "2.4a",
                                         " 2",
                                         "2 ",
                                         "-1",
                                         "+1",
                                         "4294967296",
                                         "0x2"}) {
        const auto parsed = Version::parse(wrong);
        ASSERT_FALSE(parsed.has_value()) << wrong;
        EXPECT_EQ(HResult::invalid_argument, parsed.error().code()) << wrong;
    }
}

TEST(Version, PrintsThreeNumbers) {
    EXPECT_EQ("2.4.0", to_string(Version{2, 4, 0}));
}

}  // namespace
}  // namespace wslplugins
