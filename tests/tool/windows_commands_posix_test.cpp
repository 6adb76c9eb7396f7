// SPDX-License-Identifier: MIT
// The commands that need Windows say so, and what to run instead.
#include "tool/played_tool.hpp"
#include "tool/small_dll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wslplugins::tool::test {
namespace {

using testing::HasSubstr;

void expect_windows_build_named(const Played& played) {
    EXPECT_EQ(played.code, ExitCode::Environment);
    EXPECT_THAT(played.errors, HasSubstr("0x80070032 (ERROR_NOT_SUPPORTED)"));
    EXPECT_THAT(played.errors, HasSubstr("Windows build"));
    EXPECT_THAT(played.errors, HasSubstr("WSLPLUGINS_WINDOWS_TOOL"));
}

TEST(WindowsCommands, NameTheWindowsBuildWhereThereIsNoRegistry) {
    expect_windows_build_named(play({"list"}));
    expect_windows_build_named(play({"list", "--json"}));
    expect_windows_build_named(play({"register", "name", "C:\\plugin.dll"}));
    expect_windows_build_named(play({"unregister", "name"}));
    expect_windows_build_named(play({"install", "name", "plugin.dll"}));
    expect_windows_build_named(play({"uninstall", "name"}));
    expect_windows_build_named(play({"reload", "--yes"}));
    expect_windows_build_named(play({"try", "name", "--yes"}));
    expect_windows_build_named(play({"try", "name", "plugin.dll", "--dry-run"}));
    expect_windows_build_named(play({"status"}));
    expect_windows_build_named(play({"status", "--json"}));
    expect_windows_build_named(play({"run"}));
    expect_windows_build_named(play({"run", "name"}));
}

TEST(WindowsCommands, NameTheWindowsBuildWhereThereIsNoStore) {
    const TemporaryFolder folder;
    write_file(folder.path() / "plugin.dll", small_dll());
    const std::string certificates = (folder.path() / "certificates").string();
    ASSERT_EQ(
        play(
            {"sign", (folder.path() / "plugin.dll").string(), "--certificate-folder", certificates})
            .code,
        ExitCode::Good);
    expect_windows_build_named(play({"trust", "--certificate-folder", certificates}));
    expect_windows_build_named(play({"untrust", "--certificate-folder", certificates}));
}

TEST(WindowsCommands, AreMissedByDoctorAsFindings) {
    const Played played = play({"doctor"});
    EXPECT_EQ(played.code, ExitCode::Findings);
    EXPECT_THAT(played.output, HasSubstr("error windows-build-missing: "));
    EXPECT_THAT(played.output, HasSubstr("Fix: Build the framework's source with MinGW-w64"));
}

TEST(WindowsCommands, SayWhenThereIsNoCertificate) {
    const TemporaryFolder folder;
    for (const char* const command : {"trust", "untrust"}) {
        const Played played =
            play({command, "--certificate-folder", (folder.path() / "none").string()});
        EXPECT_EQ(played.code, ExitCode::Usage);
        EXPECT_THAT(played.errors, HasSubstr("'wslplugin sign'"));
    }
}

}  // namespace
}  // namespace wslplugins::tool::test
