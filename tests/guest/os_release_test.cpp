// SPDX-License-Identifier: MIT
#include "guest/os_release.hpp"

#include <gtest/gtest.h>

namespace wslplugins::guest {
namespace {

TEST(OsRelease, ReadsBothValuesWhereverTheyStand) {
    const OsRelease release =
        parse_os_release("PRETTY_NAME=\"A B\"\nVERSION_ID=\"12.5\"\nX=1\nID=debian");
    EXPECT_EQ(release.id, "debian");
    EXPECT_EQ(release.version_id, "12.5");
}

TEST(OsRelease, TakesQuotesAndBackslashesAway) {
    const OsRelease release = parse_os_release("ID='open\\suse'\nVERSION_ID=\"1\\\"2\\\\3\"\n");
    EXPECT_EQ(release.id, "open\\suse");
    EXPECT_EQ(release.version_id, "1\"2\\3");
}

TEST(OsRelease, HasNothingWhereTheFileHasNothing) {
    const OsRelease release = parse_os_release("#ID=no\nMY_ID=no\n\nVERSION=3\nVERSION_ID=\n=\n");
    EXPECT_EQ(release.id, "");
    EXPECT_EQ(release.version_id, "");
}

TEST(OsRelease, ReadsTextThatEndsAnywhere) {
    const std::string whole = "ID=\"a\\\"b\"\nVERSION_ID='1'";
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        EXPECT_LE(parse_os_release(whole.substr(0, length)).id.size(), 4u);
    }
}

}  // namespace
}  // namespace wslplugins::guest
