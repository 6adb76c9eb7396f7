// SPDX-License-Identifier: MIT
#include "platform/paths.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace wslplugins::platform {
namespace {

TEST(Paths, KeepUtf8WhateverTheCodePageIs) {
    const std::string text = "caf\xC3\xA9/\xE6\x97\xA5\xE6\x9C\xAC.txt";
    EXPECT_EQ(utf8_from_path(path_from_utf8(text)), text);
}

TEST(Paths, FindTheProgramThatRuns) {
    const auto path = executable_path();
    ASSERT_TRUE(path) << path.error().to_string();
    EXPECT_TRUE(std::filesystem::is_regular_file(*path));
    EXPECT_EQ(path->stem(), "platform_test");
}

TEST(Paths, TellAnUnsetVariableFromAnEmptyOne) {
    EXPECT_FALSE(environment_variable("WSLPLUGINS_NO_SUCH_VARIABLE").has_value());
    const auto path = environment_variable("PATH");
    ASSERT_TRUE(path.has_value());
    EXPECT_FALSE(path->empty());
    EXPECT_EQ(path->find('\0'), std::string::npos);
}

TEST(Paths, NameTheRootByItsDrive) {
#if defined(_WIN32)
    if (!is_wine()) {
        const auto path = linux_path_of("C:\\Windows");
        ASSERT_FALSE(path);
        EXPECT_EQ(path.error().code(), HResult::not_supported);
        return;
    }
#else
    EXPECT_FALSE(is_wine());
#endif
    const auto path = linux_path_of("Z:\\usr\\bin");
    ASSERT_TRUE(path) << path.error().to_string();
    EXPECT_EQ(std::filesystem::path(*path).lexically_normal().generic_string(), "/usr/bin");
}

#if !defined(_WIN32)
TEST(Paths, AreTheirOwnNativelyOrBelowTheDriveOfTheRoot) {
    EXPECT_EQ(linux_path_of("/tmp/x").value(), "/tmp/x");
    EXPECT_EQ(linux_path_of("z:\\a\\b c").value(), "/a/b c");
    EXPECT_EQ(linux_path_of("Z:").value(), "/");
    for (const char* const missing : {"C:\\Windows", "", "relative", "\\\\server\\share", "Z"}) {
        const auto path = linux_path_of(missing);
        ASSERT_FALSE(path) << missing;
        EXPECT_EQ(path.error().code(), HResult::path_not_found);
        EXPECT_NE(path.error().text().find(missing), std::string::npos);
    }
}
#endif

}  // namespace
}  // namespace wslplugins::platform
